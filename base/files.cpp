#include "base/files.h"

#include <fcntl.h>
#include <fmt/format.h>
#include <unistd.h>

#include <boost/iostreams/filter/gzip.hpp>
#include <boost/iostreams/filter/lzma.hpp>
#include <boost/iostreams/filtering_stream.hpp>
#include <cerrno>
#include <cstring>
#include <fstream>
#include <iostream>

#include "base/error.h"
#include "base/text.h"

namespace noema::base {
namespace {

void require_file(const std::filesystem::path& path) {
  std::error_code code;
  const auto status = std::filesystem::status(path, code);
  if (status.type() == std::filesystem::file_type::not_found)
    throw Error(fmt::format("{}: no such file; check the path", path.string()));
  if (std::filesystem::is_directory(status))
    throw Error(fmt::format("{}: is a folder, expected a file", path.string()));
}

}  // namespace

std::string read_file(const std::filesystem::path& path) {
  require_file(path);
  std::ifstream in(path, std::ios::binary);
  if (!in) throw Error(fmt::format("{}: cannot be read: {}", path.string(), std::strerror(errno)));
  std::string content{std::istreambuf_iterator<char>(in), {}};
  if (in.bad()) throw Error(fmt::format("{}: reading failed: {}", path.string(), std::strerror(errno)));
  return content;
}

void write_file(const std::filesystem::path& path, std::string_view content) {
  const std::filesystem::path part = path.string() + fmt::format(".part{}", ::getpid());
  const int file = ::open(part.c_str(), O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0644);
  if (file < 0)
    throw Error(fmt::format("{}: cannot be written: {}; check that the folder exists and is writable", path.string(),
                            std::strerror(errno)));
  bool good = true;
  for (std::size_t written = 0; good && written < content.size();) {
    const ssize_t n = ::write(file, content.data() + written, content.size() - written);
    if (n < 0 && errno == EINTR) continue;
    good = n > 0;
    if (good) written += static_cast<std::size_t>(n);
  }
  good = good && ::fsync(file) == 0;
  const int reason = errno;
  ::close(file);
  if (!good || ::rename(part.c_str(), path.c_str()) != 0) {
    const int why = good ? errno : reason;
    ::unlink(part.c_str());
    throw Error(fmt::format("{}: writing failed: {}; nothing was changed", path.string(), std::strerror(why)));
  }
}

struct LineReader::State {
  std::ifstream file;
  std::unique_ptr<boost::iostreams::filtering_istream> filter;
  std::istream* in = nullptr;
};

LineReader::LineReader(const std::filesystem::path& path) : state_(std::make_unique<State>()), name_(path.string()) {
  if (name_ == "-") {
    name_ = "standard input";
    state_->in = &std::cin;
    return;
  }
  require_file(path);
  state_->file.open(path, std::ios::binary);
  if (!state_->file) throw Error(fmt::format("{}: cannot be read: {}", name_, std::strerror(errno)));
  state_->in = &state_->file;
  if (path.extension() == ".gz" || path.extension() == ".xz") {
    state_->filter = std::make_unique<boost::iostreams::filtering_istream>();
    if (path.extension() == ".gz")
      state_->filter->push(boost::iostreams::gzip_decompressor());
    else
      state_->filter->push(boost::iostreams::lzma_decompressor());
    state_->filter->push(state_->file);
    state_->filter->exceptions(std::ios::badbit);
    state_->in = state_->filter.get();
  }
}
LineReader::~LineReader() = default;
LineReader::LineReader(LineReader&&) noexcept = default;
LineReader& LineReader::operator=(LineReader&&) noexcept = default;

std::optional<std::string> LineReader::next() {
  std::string line;
  std::streambuf& buffer = *state_->in->rdbuf();
  bool any = false;
  try {
    for (;;) {
      const int c = buffer.sbumpc();
      if (c == std::char_traits<char>::eof()) break;
      any = true;
      if (c == '\n') break;
      line += static_cast<char>(c);
      if (line.size() > kMaxLineBytes)
        throw Error(fmt::format("{}:{}: the line is longer than {} MiB; break it into shorter lines", name_,
                                line_number_ + 1, kMaxLineBytes >> 20));
    }
  } catch (const std::ios::failure&) {
    throw Error(fmt::format("{}:{}: the compressed file is broken or truncated; fetch or pack it again", name_,
                            line_number_ + 1));
  }
  if (!any) return std::nullopt;
  ++line_number_;
  if (!line.empty() && line.back() == '\r') line.pop_back();
  if (line_number_ == 1 && line.starts_with("\xEF\xBB\xBF")) line.erase(0, 3);
  if (const auto offset = first_invalid_utf8(line))
    throw Error(
        fmt::format("{}:{}: byte {} is not UTF-8 text; convert the file (iconv -t UTF-8) or check that it is text",
                    name_, line_number_, *offset));
  return line;
}

}  // namespace noema::base
