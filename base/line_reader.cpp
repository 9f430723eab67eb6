#include "base/line_reader.h"

#include <fcntl.h>
#include <fmt/format.h>
#include <poll.h>
#include <sys/stat.h>
#include <unistd.h>

#include <algorithm>
#include <boost/iostreams/categories.hpp>
#include <boost/iostreams/filter/gzip.hpp>
#include <boost/iostreams/filter/lzma.hpp>
#include <boost/iostreams/filtering_stream.hpp>
#include <cerrno>
#include <cstring>
#include <system_error>
#include <utility>

#include "base/error.h"
#include "base/files.h"
#include "base/text.h"

namespace noema::base {
namespace {

constexpr std::size_t kReadBytes = std::size_t{64} << 10;
constexpr int kWaitMilliseconds = 100;
constexpr std::size_t kBehind = 8;  // looked at behind a piece: a carriage return, and where a character ends

/// An open file. read() gives what is there: it does not wait until a buffer is full.
class Source {
 public:
  Source(int descriptor, bool owned, LineReader::WhileWaiting while_waiting)
      : descriptor_(descriptor), owned_(owned), while_waiting_(std::move(while_waiting)) {
    struct stat status {};
    regular_ = ::fstat(descriptor, &status) == 0 && S_ISREG(status.st_mode);
    if (regular_) size_ = static_cast<std::uint64_t>(status.st_size);
  }
  ~Source() {
    if (owned_) ::close(descriptor_);
  }
  Source(const Source&) = delete;
  Source& operator=(const Source&) = delete;

  /// Bytes read; 0 at the end, or when while_waiting ended the reading. Throws std::system_error.
  std::size_t read(char* to, std::size_t most) {
    while (!stopped_) {
      if (!regular_ && !wait()) break;
      const ssize_t count = ::read(descriptor_, to, most);
      if (count < 0 && (errno == EINTR || errno == EAGAIN)) continue;
      if (count < 0) throw std::system_error(errno, std::generic_category());
      read_ += static_cast<std::uint64_t>(count);
      return static_cast<std::size_t>(count);
    }
    return 0;
  }

  bool regular() const { return regular_; }
  bool stopped() const { return stopped_; }
  bool owned() const { return owned_; }
  std::uint64_t size() const { return size_; }
  std::uint64_t bytes_read() const { return read_; }
  void rewind() {
    check(::lseek(descriptor_, 0, SEEK_SET) == 0, "only a regular file is read again");
    read_ = 0;
  }

 private:
  /// True when there is something to read, or the end.
  bool wait() {
    for (;;) {
      pollfd one{descriptor_, POLLIN, 0};
      if (::poll(&one, 1, kWaitMilliseconds) != 0) return true;
      if (while_waiting_ && !while_waiting_()) {
        stopped_ = true;
        return false;
      }
    }
  }

  int descriptor_;
  bool owned_;
  bool regular_ = false;
  bool stopped_ = false;
  std::uint64_t size_ = 0;
  std::uint64_t read_ = 0;
  LineReader::WhileWaiting while_waiting_;
};

/// What the decompressors read from.
struct BoostSource {
  using char_type = char;
  using category = boost::iostreams::source_tag;
  Source* source;
  std::streamsize read(char* to, std::streamsize most) {
    const std::size_t count = source->read(to, static_cast<std::size_t>(most));
    return count == 0 ? -1 : static_cast<std::streamsize>(count);
  }
};

/// The last place at or before `most` where a character begins; `most` if the bytes there are no text.
std::size_t character_boundary(std::string_view text, std::size_t most) {
  for (std::size_t at = most; at + 4 > most && at > 0; --at)
    if (!continues_character(text[at])) return at;
  return most;
}

}  // namespace

std::size_t piece_length(std::string_view text, std::size_t most) {
  if (text.size() <= most) return text.size();
  const std::string_view head = text.substr(0, character_boundary(text, most));
  for (std::size_t end = head.size(); end > head.size() / 2; --end) {
    if (continues_character(text[end])) continue;
    if (begins_with_white_space(text.substr(end))) return end;
  }
  // The last segment may go on behind the cut, so it is left to the next piece.
  Segmenter segmenter;
  const std::vector<Unit> units = segmenter.split(head);
  return units.size() >= 3 ? units[units.size() - 3].end : head.size();
}

struct LineReader::State {
  std::unique_ptr<Source> source;
  std::filesystem::path packing;  ///< .gz, .xz or nothing
  std::unique_ptr<boost::iostreams::filtering_istream> filter;
  std::string buffer;     ///< what was read
  std::size_t begin = 0;  ///< where in the buffer what was not given yet begins
  bool ended = false;

  std::string_view rest() const { return std::string_view(buffer).substr(begin); }
};

LineReader::LineReader(const std::filesystem::path& path, WhileWaiting while_waiting)
    : state_(std::make_unique<State>()), name_(path.string()) {
  if (name_ == "-") {
    name_ = "standard input";
    state_->source = std::make_unique<Source>(STDIN_FILENO, false, std::move(while_waiting));
    return;
  }
  require_file(path);
  // A FIFO without a writer would keep open() waiting; poll() waits for it instead.
  const int descriptor = ::open(path.c_str(), O_RDONLY | O_CLOEXEC | O_NONBLOCK);
  if (descriptor < 0) throw Error(fmt::format("{}: cannot be read: {}", name_, std::strerror(errno)));
  state_->source = std::make_unique<Source>(descriptor, true, std::move(while_waiting));
  if (path.extension() == ".gz" || path.extension() == ".xz") state_->packing = path.extension();
  begin();
}
LineReader::~LineReader() = default;
LineReader::LineReader(LineReader&&) noexcept = default;
LineReader& LineReader::operator=(LineReader&&) noexcept = default;

void LineReader::begin() {
  state_->buffer.clear();
  state_->begin = 0;
  state_->ended = false;
  if (state_->packing.empty()) return;
  state_->filter = std::make_unique<boost::iostreams::filtering_istream>();
  if (state_->packing == ".gz")
    state_->filter->push(boost::iostreams::gzip_decompressor());
  else
    state_->filter->push(boost::iostreams::lzma_decompressor());
  state_->filter->push(BoostSource{state_->source.get()});
  state_->filter->exceptions(std::ios::badbit);
}

bool LineReader::rereadable() const { return state_->source->regular() && state_->source->owned(); }
std::uint64_t LineReader::bytes_read() const { return state_->source->bytes_read(); }
std::uint64_t LineReader::bytes_of_file() const { return state_->source->size(); }

void LineReader::restart() {
  check(rereadable(), "only a regular file is read again");
  state_->source->rewind();
  line_number_ = part_ = line_offset_ = 0;
  begin();
}

/// Reads on until a line end or more than `wanted` bytes are there. False if there is nothing at all.
bool LineReader::fill(std::size_t wanted) {
  std::size_t searched = 0;
  while (state_->rest().find('\n', searched) == std::string_view::npos) {
    searched = state_->rest().size();
    if (state_->ended || searched > wanted) break;
    read_more();
  }
  // What was cut off when the reading was ended is no line.
  return !state_->source->stopped() && !state_->rest().empty();
}

void LineReader::read_more() {
  std::string& buffer = state_->buffer;
  buffer.erase(0, std::exchange(state_->begin, 0));
  const std::size_t size = buffer.size();
  buffer.resize(size + kReadBytes);
  std::size_t count = 0;
  try {
    if (state_->filter) {
      const std::streamsize got = state_->filter->rdbuf()->sgetn(buffer.data() + size, kReadBytes);
      count = got > 0 ? static_cast<std::size_t>(got) : 0;
    } else {
      count = state_->source->read(buffer.data() + size, kReadBytes);
    }
  } catch (const std::ios::failure&) {
    if (!state_->source->stopped())
      throw Error(fmt::format("{}:{}: the compressed file is broken or truncated; fetch or pack it again", name_,
                              line_number_ + 1));
  } catch (const std::system_error& error) {
    throw Error(fmt::format("{}: reading failed: {}", name_, error.code().message()));
  }
  buffer.resize(size + count);
  if (count == 0) state_->ended = true;
}

LinePiece LineReader::take(std::size_t bytes, std::size_t skip, bool ends_line) {
  LinePiece piece{std::string(state_->rest().substr(0, bytes)), line_number_, part_, ends_line};
  state_->begin += bytes + skip;
  if (piece.line == 1 && piece.part == 0 && piece.text.starts_with("\xEF\xBB\xBF")) piece.text.erase(0, 3);
  require_text(piece);
  part_ = ends_line ? 0 : part_ + 1;
  line_offset_ = ends_line ? 0 : line_offset_ + piece.text.size();
  return piece;
}

void LineReader::require_text(const LinePiece& piece) {
  if (const auto offset = first_invalid_utf8(piece.text))
    throw NotText(
        fmt::format("{}:{}: byte {} is not UTF-8 text; convert the file (iconv -t UTF-8) or check that it is text",
                    name_, line_number_, line_offset_ + *offset));
}

/// The next line if it has at most `most` bytes; nothing at the end or if it is longer (then too_long is set).
std::optional<LinePiece> LineReader::next_whole(std::size_t most, bool& too_long) {
  too_long = false;
  if (!fill(most + kBehind)) return std::nullopt;
  const std::string_view rest = state_->rest();
  const std::size_t feed = rest.substr(0, most + kBehind).find('\n');
  const bool found = feed != std::string_view::npos;
  const std::size_t end = found ? feed : rest.size();
  const std::size_t text = end > 0 && rest[end - 1] == '\r' ? end - 1 : end;
  if (part_ == 0) ++line_number_;
  if ((found || state_->ended) && text <= most) return take(text, end - text + (found ? 1 : 0), true);
  too_long = true;
  return std::nullopt;
}

std::optional<LinePiece> LineReader::next_piece(std::size_t most) {
  bool too_long = false;
  auto piece = next_whole(most, too_long);
  if (!too_long) return piece;
  const std::string_view window = state_->rest().substr(0, most + kBehind);
  return take(piece_length(window, most), 0, false);
}

std::optional<std::string> LineReader::next() {
  bool too_long = false;
  auto piece = next_whole(kMaxLineBytes, too_long);
  if (too_long)
    throw Error(fmt::format("{}:{}: the line is longer than {} MiB; break it into shorter lines", name_, line_number_,
                            kMaxLineBytes >> 20));
  if (!piece) return std::nullopt;
  return std::move(piece->text);
}

}  // namespace noema::base
