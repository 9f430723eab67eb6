#include "memory/inputs/reader.h"

#include "base/hash.h"

namespace noema::memory {

namespace {

std::string chained(std::string_view before, std::string_view line) {
  base::Sha256 hash;
  hash.text(before);
  hash.text(line);
  return hash.hex();
}

}  // namespace

void FeedHash::add(std::string_view text, bool ends_line) {
  begun_ += text;
  if (!ends_line && begun_.size() <= base::LineReader::kMaxLineBytes) return;
  value_ = chained(value_, begun_);
  begun_.clear();
}

std::string FeedHash::value() const { return begun_.empty() ? value_ : chained(value_, begun_); }

InputReader::InputReader(const std::filesystem::path& path, const InputOptions& options)
    : place_{path.string(), options.group, options.remark},
      format_(make_input_format(options.format)),
      lines_(format_->open(path, place_, options.while_waiting)) {}

void InputReader::restart() {
  lines_->restart();
  position_ = {};
  waiting_.clear();
  ends_line_ = true;
}

std::optional<double> InputReader::share_read() const {
  if (lines_->bytes_of_file() == 0) return std::nullopt;
  return static_cast<double>(lines_->bytes_read()) / static_cast<double>(lines_->bytes_of_file());
}

std::optional<base::LinePiece> InputReader::next_line_piece() {
  std::optional<base::LinePiece> piece = lines_->next();
  if (!piece) return piece;
  position_.hash.add(piece->text, piece->ends_line);
  position_.bytes += static_cast<std::int64_t>(piece->text.size()) + piece->ends_line;
  ends_line_ = piece->ends_line;
  return piece;
}

bool InputReader::skip() {
  if (!next_line_piece()) return false;
  ++position_.pieces;
  end_piece();
  return true;
}

/// What an end of a line means for the position.
void InputReader::end_piece() {
  if (!ends_line_) return;
  ++position_.lines;
  position_.pieces = 0;
}

/// An input is cut like a line if its format took the line whole.
void InputReader::enqueue(Input input, const base::LinePiece& piece) {
  if (input.source.empty()) input.source = place_.source;
  input.line = static_cast<std::int64_t>(piece.line);
  input.part = static_cast<std::int64_t>(piece.part);
  if (!place_.group.empty()) input.group = place_.group;
  for (;;) {
    const std::size_t length = base::piece_length(input.text, base::LineReader::kMaxPieceBytes);
    Input rest = input;
    rest.text = input.text.substr(length);
    rest.id.reset();
    ++rest.part;
    input.text.resize(length);
    const bool last = rest.text.empty();
    waiting_.push_back(std::move(input));
    if (last) return;
    input = std::move(rest);
  }
}

std::optional<Input> InputReader::next() {
  while (waiting_.empty()) {
    const auto piece = next_line_piece();
    if (!piece) return std::nullopt;
    std::vector<Input> inputs;
    format_->read(*piece, place_, inputs);
    for (Input& input : inputs) enqueue(std::move(input), *piece);
    if (waiting_.empty()) end_piece();
  }
  Input input = std::move(waiting_.front());
  waiting_.pop_front();
  ++position_.pieces;
  if (waiting_.empty()) end_piece();
  return input;
}

}  // namespace noema::memory
