#include "experiments/claims.h"

#include <fcntl.h>
#include <fmt/format.h>
#include <unistd.h>

#include <cerrno>
#include <cstring>
#include <utility>

#include "base/error.h"

namespace noema::experiments {
namespace {

namespace fs = std::filesystem;

struct flock byte_of(std::size_t number) {
  struct flock byte {};
  byte.l_type = F_WRLCK;
  byte.l_whence = SEEK_SET;
  byte.l_start = static_cast<off_t>(number);
  byte.l_len = 1;
  return byte;
}

[[noreturn]] void refuse(const fs::path& file) {
  throw base::Error(fmt::format("{}: cannot be locked ({}); give an --out on a file system that one may write and lock",
                                file.string(), std::strerror(errno)));
}

}  // namespace

/// The lock belongs to what was opened here, not to the process: closing the file elsewhere does not free it.
std::optional<Claim> Claim::take(const fs::path& folder, std::size_t number) {
  const fs::path file = folder / kClaims;
  const int descriptor = ::open(file.c_str(), O_RDWR | O_CREAT | O_CLOEXEC, 0666);
  if (descriptor < 0) refuse(file);
  Claim claim(descriptor);
  struct flock byte = byte_of(number);
  if (::fcntl(descriptor, F_OFD_SETLK, &byte) == 0) return claim;
  if (errno != EAGAIN && errno != EACCES) refuse(file);
  return std::nullopt;
}

bool Claim::is_held(const fs::path& folder, std::size_t number) {
  const fs::path file = folder / kClaims;
  const int descriptor = ::open(file.c_str(), O_RDWR | O_CLOEXEC);
  if (descriptor < 0 && errno == ENOENT) return false;
  if (descriptor < 0) refuse(file);
  const Claim closing(descriptor);
  struct flock byte = byte_of(number);
  if (::fcntl(descriptor, F_OFD_GETLK, &byte) != 0) refuse(file);
  return byte.l_type != F_UNLCK;
}

Claim::Claim(Claim&& other) noexcept : descriptor_(std::exchange(other.descriptor_, -1)) {}

Claim::~Claim() {
  if (descriptor_ >= 0) ::close(descriptor_);
}

}  // namespace noema::experiments
