#include "transformer/tokens.h"

#include <fcntl.h>
#include <fmt/format.h>
#include <sys/mman.h>
#include <unistd.h>

#include <cerrno>
#include <cstdlib>
#include <cstring>

#include "base/error.h"

namespace noema::transformer {
namespace {

constexpr std::size_t kWaiting = std::size_t{1} << 18;  // tokens written at once

[[noreturn]] void fail(const std::filesystem::path& folder, const char* what) {
  throw base::Error(
      fmt::format("{}: {} for the text's tokens: {}; expected a writable folder on a disk with room for 4 "
                  "bytes a token",
                  folder.string(), what, std::strerror(errno)));
}

}  // namespace

Tokens::Tokens(std::vector<Token> tokens) {
  auto owner = std::make_shared<const std::vector<Token>>(std::move(tokens));
  view_ = *owner;
  owner_ = std::move(owner);
}

TokenWriter::TokenWriter(const std::filesystem::path& folder) : folder_(folder) {
  std::error_code none;
  if (folder_.empty()) folder_ = std::filesystem::temp_directory_path(none);
  std::string pattern = (folder_ / "noema_tokens_XXXXXX").string();
  file_ = ::mkostemp(pattern.data(), O_CLOEXEC);
  if (file_ < 0) fail(folder_, "no file can be made");
  ::unlink(pattern.c_str());
  waiting_.reserve(kWaiting);
}

TokenWriter::~TokenWriter() {
  if (file_ >= 0) ::close(file_);
}

void TokenWriter::append(std::span<const Token> tokens) {
  waiting_.insert(waiting_.end(), tokens.begin(), tokens.end());
  if (waiting_.size() >= kWaiting) flush();
}

void TokenWriter::flush() {
  const char* bytes = reinterpret_cast<const char*>(waiting_.data());
  for (std::size_t left = waiting_.size() * sizeof(Token); left > 0;) {
    const ssize_t n = ::write(file_, bytes, left);
    if (n < 0 && errno == EINTR) continue;
    if (n <= 0) fail(folder_, "writing failed");
    bytes += n;
    left -= static_cast<std::size_t>(n);
  }
  written_ += waiting_.size();
  waiting_.clear();
}

Tokens TokenWriter::finish() {
  flush();
  if (written_ == 0) return {};
  const std::size_t bytes = written_ * sizeof(Token);
  void* const memory = ::mmap(nullptr, bytes, PROT_READ, MAP_SHARED, file_, 0);
  if (memory == MAP_FAILED) fail(folder_, "mapping failed");
  const std::shared_ptr<const void> owner(memory, [bytes](const void* p) { ::munmap(const_cast<void*>(p), bytes); });
  return {{static_cast<const Token*>(memory), written_}, owner};
}

}  // namespace noema::transformer
