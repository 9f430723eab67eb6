#include "transformer/tokenizer.h"

#include <fmt/format.h>
#include <sentencepiece_processor.h>
#include <sentencepiece_trainer.h>

#include <algorithm>
#include <charconv>
#include <nlohmann/json.hpp>
#include <set>

#include "base/error.h"
#include "base/text.h"

namespace noema::transformer {
namespace {

using nlohmann::json;

constexpr std::string_view kBeginMark = "\xE2\x96\x81";  // U+2581, as SentencePiece writes it
constexpr std::array<std::string_view, 4> kKinds = {"bytes", "characters", "words", "bpe"};
constexpr int kDefaultWords = 32000;
constexpr int kOwnTokens = kSpecials + 257;   // in every vocabulary: specials, the begin mark without text, bytes
constexpr std::size_t kMostUnitBytes = 1000;  // longer units are not used for training SentencePiece

/// Replaces white space, which SentencePiece would split at or drop.
struct Escape {
  char character;
  std::string_view mark;
};
constexpr std::array<Escape, 3> kEscapes = {{{' ', "\xEE\x80\x80"}, {'\n', "\xEE\x80\x81"}, {'\t', "\xEE\x80\x82"}}};

/// Whether the text contains our own marks. It cannot be escaped then and is encoded as bytes.
bool holds_marks(std::string_view text) {
  if (text.find(kBeginMark) != text.npos || text.find('\0') != text.npos) return true;
  return std::any_of(kEscapes.begin(), kEscapes.end(), [&](const Escape& e) { return text.find(e.mark) != text.npos; });
}

std::string escape(std::string_view text) {
  std::string escaped;
  for (char c : text) {
    const auto found =
        std::find_if(kEscapes.begin(), kEscapes.end(), [&](const Escape& e) { return e.character == c; });
    if (found == kEscapes.end())
      escaped += c;
    else
      escaped += found->mark;
  }
  return escaped;
}

std::string unescape(std::string text) {
  for (const Escape& e : kEscapes)
    for (std::size_t at = text.find(e.mark); at != text.npos; at = text.find(e.mark, at + 1))
      text.replace(at, e.mark.size(), 1, e.character);
  return text;
}

/// The number of bytes of the character that starts at `offset`; 1 for a byte that starts no character.
std::size_t character_bytes(std::string_view text, std::size_t offset) {
  const auto lead = static_cast<unsigned char>(text[offset]);
  const std::size_t length = lead < 0x80 ? 1 : lead < 0xC0 ? 1 : lead < 0xE0 ? 2 : lead < 0xF0 ? 3 : 4;
  return std::min(length, text.size() - offset);
}

/// The number after the colon of "bpe:8192", or `missing`.
int size_of_spec(std::string_view spec, int missing) {
  const auto colon = spec.find(':');
  if (colon == spec.npos) return missing;
  int size = 0;
  const auto digits = spec.substr(colon + 1);
  const auto [end, code] = std::from_chars(digits.data(), digits.data() + digits.size(), size);
  if (code != std::errc() || end != digits.data() + digits.size() || size < 300 || size > 1000000)
    throw base::UsageError(
        fmt::format("tokenizer {}: the size must be a number from 300 to 1000000, such as bpe:8192", spec));
  return size;
}

/// A piece of SentencePiece, converted to our tokens.
struct Piece {
  bool begins;
  std::string text;
};
Piece piece_of(const sentencepiece::SentencePieceProcessor& processor, int id) {
  const std::string& piece = processor.IdToPiece(id);
  const bool begins = piece.starts_with(kBeginMark);
  return {begins, unescape(begins ? piece.substr(kBeginMark.size()) : piece)};
}

/// Gives SentencePiece one line "unit TAB count" in each call.
class UnitIterator final : public sentencepiece::SentenceIterator {
 public:
  explicit UnitIterator(const std::map<std::string, std::uint64_t>& counts) : at_(counts.begin()), end_(counts.end()) {
    settle();
  }
  bool done() const override { return at_ == end_; }
  void Next() override {
    ++at_;
    settle();
  }
  const std::string& value() const override { return line_; }
  sentencepiece::util::Status status() const override { return {}; }

 private:
  void settle() {
    while (at_ != end_ && (holds_marks(at_->first) || at_->first.size() > kMostUnitBytes)) ++at_;
    if (at_ != end_) line_ = fmt::format("{}{}\t{}", kBeginMark, escape(at_->first), at_->second);
  }
  std::map<std::string, std::uint64_t>::const_iterator at_, end_;
  std::string line_;
};

/// The error of a training that failed, because the messages of SentencePiece name options that users do not have. It
/// fails if the vocabulary is too small for a piece for each character, and if there is no unit to learn from.
[[noreturn]] void refuse_bpe(int size, const std::map<std::string, std::uint64_t>& counts) {
  const int least = Tokenizer::least_bpe_size(counts);
  if (least == 0)
    throw base::Error(
        fmt::format("tokenizer bpe:{}: the text holds no unit that pieces can be learned from; give more "
                    "text, or use --tokenizer bytes",
                    size));
  if (size < least)
    throw base::Error(
        fmt::format("tokenizer bpe:{}: too small for the {} distinct characters of the text beside {} tokens for "
                    "bytes and specials; use --tokenizer bpe:{} or a larger size, or bytes",
                    size, least - 2 - kOwnTokens, kOwnTokens, least));
  throw base::Error(fmt::format(
      "tokenizer bpe:{}: no pieces can be learned from this text; give more text, or use --tokenizer characters",
      size));
}

std::string train_bpe(int size, const std::map<std::string, std::uint64_t>& counts) {
  // The size of SentencePiece counts all pieces that it learns; specials and bytes are added to that.
  const std::unordered_map<std::string, std::string> arguments = {
      {"model_type", "bpe"},
      {"vocab_size", std::to_string(size - kOwnTokens)},
      {"input_format", "tsv"},
      // The text is split into units already; SentencePiece must not split it.
      {"add_dummy_prefix", "false"},
      {"remove_extra_whitespaces", "false"},
      {"normalization_rule_name", "identity"},
      {"split_by_unicode_script", "false"},
      {"split_by_number", "false"},
      {"byte_fallback", "false"},
      // Rarer characters are encoded as bytes.
      {"character_coverage", "0.9998"},
      {"max_sentencepiece_length", "24"},
      {"hard_vocab_limit", "false"},
      {"num_threads", "1"},
      {"bos_id", "-1"},
      {"eos_id", "-1"},
      {"pad_id", "-1"},
      {"minloglevel", "2"}};
  UnitIterator units(counts);
  std::string model;
  const auto status = sentencepiece::SentencePieceTrainer::Train(arguments, &units, &model);
  if (!status.ok()) refuse_bpe(size, counts);
  return model;
}

[[noreturn]] void refuse_damaged() {
  throw base::Error("tokenizer: damaged; take the model file from a backup or train it again");
}

/// Reads through bytes of CBOR and stops where they are damaged or nest deeper than a tokenizer does: the library's
/// own reader would recurse until the stack ends.
class NestingLimit final : public nlohmann::json_sax<json> {
 public:
  bool null() override { return true; }
  bool boolean(bool) override { return true; }
  bool number_integer(number_integer_t) override { return true; }
  bool number_unsigned(number_unsigned_t) override { return true; }
  bool number_float(number_float_t, const string_t&) override { return true; }
  bool string(string_t&) override { return true; }
  bool binary(binary_t&) override { return true; }
  bool start_object(std::size_t) override { return ++depth_ <= kMostDepth; }
  bool key(string_t&) override { return true; }
  bool end_object() override { return --depth_, true; }
  bool start_array(std::size_t) override { return ++depth_ <= kMostDepth; }
  bool end_array() override { return --depth_, true; }
  bool parse_error(std::size_t, const std::string&, const nlohmann::detail::exception&) override { return false; }

 private:
  static constexpr int kMostDepth = 8;
  int depth_ = 0;
};

}  // namespace

struct Tokenizer::Bpe {
  std::string model;  // SentencePiece's own serialisation
  sentencepiece::SentencePieceProcessor processor;
  std::vector<Token> ids;  // SentencePiece id -> ours, -1 for its unknown piece
};

struct Tokenizer::Pieces {
  std::vector<std::string> begin, follow;
  std::string model;
};

Tokenizer Tokenizer::build(std::string kind, Pieces pieces) {
  Tokenizer t;
  t.kind_ = std::move(kind);
  t.texts_ = {"<s>", "<sep>", "<mask>", "<pad>", ""};
  for (auto& text : pieces.begin) {
    t.begin_ids_.emplace(text, t.size());
    t.texts_.push_back(std::move(text));
  }
  t.begin_end_ = t.size();
  t.first_byte_ = t.size();
  for (int byte = 0; byte < 256; ++byte) t.texts_.emplace_back(1, static_cast<char>(byte));
  for (auto& text : pieces.follow) {
    t.continue_ids_.emplace(text, t.size());
    t.texts_.push_back(std::move(text));
  }
  if (t.kind_ == "bytes")
    for (int byte = 0; byte < 256; ++byte)
      t.continue_ids_.emplace(std::string(1, static_cast<char>(byte)), t.first_byte_ + byte);
  if (pieces.model.empty()) return t;

  auto bpe = std::make_shared<Bpe>();
  bpe->model = std::move(pieces.model);
  if (!bpe->processor.LoadFromSerializedProto(bpe->model).ok())
    throw base::Error(
        "tokenizer: its SentencePiece model is damaged; take the model file from a backup or train it again");
  for (int id = 0; id < bpe->processor.GetPieceSize(); ++id) {
    const auto [begins, text] = piece_of(bpe->processor, id);
    const auto& ids = begins ? t.begin_ids_ : t.continue_ids_;
    const auto found = ids.find(text);
    if (bpe->processor.IsUnknown(id))
      bpe->ids.push_back(-1);
    else if (begins && text.empty())
      bpe->ids.push_back(kSpecials);  // the begin mark without text
    else
      bpe->ids.push_back(found == ids.end() ? -1 : found->second);
  }
  t.bpe_ = std::move(bpe);
  return t;
}

Tokenizer Tokenizer::train(std::string_view spec, const std::map<std::string, std::uint64_t>& unit_counts,
                           std::uint64_t) {
  const std::string kind(spec.substr(0, spec.find(':')));
  Pieces pieces;
  if (kind == "bytes" && spec == kind) {
    for (int byte = 0; byte < 256; ++byte) pieces.begin.emplace_back(1, static_cast<char>(byte));
    return build(kind, std::move(pieces));
  }
  if (unit_counts.empty())
    throw base::Error(fmt::format("tokenizer {}: the text is empty; give text to learn it from, or use bytes", spec));
  if (kind == "characters" && spec == kind) {
    std::set<std::string> begin, follow;
    for (const auto& [unit, count] : unit_counts)
      for (std::size_t offset = 0, n = 0; offset < unit.size(); offset += n) {
        n = character_bytes(unit, offset);
        (offset == 0 ? begin : follow).insert(unit.substr(offset, n));
      }
    pieces.begin.assign(begin.begin(), begin.end());
    pieces.follow.assign(follow.begin(), follow.end());
  } else if (kind == "words") {
    const auto size = static_cast<std::size_t>(size_of_spec(spec, kDefaultWords));
    std::vector<std::pair<std::uint64_t, std::string>> by_count;
    for (const auto& [unit, count] : unit_counts) by_count.emplace_back(count, unit);
    std::stable_sort(by_count.begin(), by_count.end(), [](const auto& a, const auto& b) { return a.first > b.first; });
    for (auto& [count, unit] : by_count)
      if (pieces.begin.size() + kOwnTokens < size) pieces.begin.push_back(std::move(unit));
  } else if (kind == "bpe" && spec != kind) {
    pieces.model = train_bpe(size_of_spec(spec, 0), unit_counts);
    sentencepiece::SentencePieceProcessor processor;
    base::check(processor.LoadFromSerializedProto(pieces.model).ok(), "SentencePiece reads what it wrote");
    for (int id = 0; id < processor.GetPieceSize(); ++id) {
      if (processor.IsUnknown(id) || processor.IsControl(id)) continue;
      const auto [begins, text] = piece_of(processor, id);
      if (!text.empty()) (begins ? pieces.begin : pieces.follow).push_back(text);
    }
  } else {
    throw base::UsageError(
        fmt::format("tokenizer {}: unknown; expected bytes, characters, words[:SIZE] or bpe:SIZE", spec));
  }
  return build(kind, std::move(pieces));
}

int Tokenizer::least_bpe_size(const std::map<std::string, std::uint64_t>& unit_counts) {
  constexpr int kOfSentencePiece = 2;  // the begin mark and the piece for unknown characters
  std::set<std::string> characters;
  for (const auto& [unit, count] : unit_counts) {
    if (holds_marks(unit) || unit.size() > kMostUnitBytes) continue;
    const std::string text = escape(unit);
    for (std::size_t offset = 0, n = 0; offset < text.size(); offset += n) {
      n = character_bytes(text, offset);
      characters.insert(text.substr(offset, n));
    }
  }
  return characters.empty() ? 0 : static_cast<int>(characters.size()) + kOfSentencePiece + kOwnTokens;
}

std::string Tokenizer::serialize() const {
  // Texts are stored as byte strings, because a piece need not be valid UTF-8.
  const auto binary = [](const std::string& text) { return json::binary({text.begin(), text.end()}); };
  json begin = json::array(), follow = json::array();
  for (Token id = kSpecials + 1; id < begin_end_; ++id) begin.push_back(binary(texts_[static_cast<std::size_t>(id)]));
  for (Token id = first_byte_ + 256; id < size(); ++id) follow.push_back(binary(texts_[static_cast<std::size_t>(id)]));
  const json all = {{"kind", kind_}, {"begin", begin}, {"follow", follow}, {"model", binary(bpe_ ? bpe_->model : "")}};
  std::string bytes;
  json::to_cbor(all, bytes);
  return bytes;
}

Tokenizer Tokenizer::parse(std::string_view bytes) {
  try {
    NestingLimit limit;
    if (!json::sax_parse(bytes, &limit, json::input_format_t::cbor)) refuse_damaged();
    const json all = json::from_cbor(bytes);
    const auto text = [](const json& value) {
      return std::string(value.get_binary().begin(), value.get_binary().end());
    };
    Pieces pieces;
    for (const auto& piece : all.at("begin")) pieces.begin.push_back(text(piece));
    for (const auto& piece : all.at("follow")) pieces.follow.push_back(text(piece));
    pieces.model = text(all.at("model"));
    const auto kind = all.at("kind").get<std::string>();
    if (std::find(kKinds.begin(), kKinds.end(), kind) == kKinds.end())
      throw base::Error(
          fmt::format("tokenizer: of kind '{}', expected one of {}; take the model file from a backup or use a newer "
                      "noema",
                      kind, fmt::join(kKinds, ", ")));
    if (pieces.model.empty() != (kind != "bpe")) refuse_damaged();
    return build(kind, std::move(pieces));
  } catch (const json::exception&) {
    refuse_damaged();
  }
}

void Tokenizer::spell(std::string_view bytes, std::vector<Token>& tokens) const {
  if (tokens.empty()) tokens.push_back(kSpecials);  // the begin mark without text
  for (unsigned char byte : bytes) tokens.push_back(first_byte_ + byte);
}

std::vector<Token> Tokenizer::encode(std::string_view unit) const {
  if (kind_ == "bpe") return encode_bpe(unit);
  if (kind_ == "words") {
    const auto found = begin_ids_.find(std::string(unit));
    if (found != begin_ids_.end()) return {found->second};
    std::vector<Token> tokens;
    spell(unit, tokens);
    return tokens;
  }
  return encode_characters(unit);
}

std::vector<Token> Tokenizer::encode_characters(std::string_view unit) const {
  std::vector<Token> tokens;
  for (std::size_t offset = 0, n = 0; offset < unit.size(); offset += n) {
    n = kind_ == "bytes" ? 1 : character_bytes(unit, offset);
    const auto& ids = tokens.empty() ? begin_ids_ : continue_ids_;
    const auto found = ids.find(std::string(unit.substr(offset, n)));
    if (found != ids.end())
      tokens.push_back(found->second);
    else
      spell(unit.substr(offset, n), tokens);
  }
  if (tokens.empty()) tokens.push_back(kSpecials);
  return tokens;
}

std::vector<Token> Tokenizer::encode_bpe(std::string_view unit) const {
  std::vector<Token> tokens;
  if (holds_marks(unit) || base::first_invalid_utf8(unit)) {
    spell(unit, tokens);
    return tokens;
  }
  const auto pieces = bpe_->processor.EncodeAsImmutableProto(fmt::format("{}{}", kBeginMark, escape(unit)));
  for (const auto& piece : pieces.pieces()) {
    const Token id = bpe_->ids[piece.id()];
    if (id >= 0) {
      tokens.push_back(id);
      continue;
    }
    std::string_view text = piece.surface();
    if (text.starts_with(kBeginMark)) text.remove_prefix(kBeginMark.size());
    spell(unescape(std::string(text)), tokens);
  }
  if (tokens.empty()) tokens.push_back(kSpecials);
  return tokens;
}

std::string Tokenizer::decode(std::span<const Token> tokens) const {
  std::string text;
  for (Token token : tokens)
    if (token >= kSpecials) text += text_of(token);
  return text;
}

std::string Tokenizer::text_of(Token token) const {
  base::check(token >= 0 && token < size(), "a token id is below the vocabulary's size");
  return texts_[static_cast<std::size_t>(token)];
}

}  // namespace noema::transformer
