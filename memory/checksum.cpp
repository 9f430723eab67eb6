#include "memory/checksum.h"

#include <bit>
#include <charconv>

#include "base/error.h"
#include "base/hash.h"

namespace noema::memory {

Checksum& Checksum::integer(std::int64_t value) {
  for (int i = 0; i < 8; ++i) bytes_ += static_cast<char>(static_cast<std::uint64_t>(value) >> (8 * i));
  return *this;
}

Checksum& Checksum::real(double value) {
  if (value == 0) value = 0;  // SQLite gives -0.0 back as 0.0
  return integer(std::bit_cast<std::int64_t>(value));
}

Checksum& Checksum::text(std::string_view value) {
  integer(static_cast<std::int64_t>(value.size()));
  bytes_ += value;
  return *this;
}

Checksum& Checksum::optional_text(const std::optional<std::string>& value) {
  if (!value) return integer(-1);
  return text(*value);
}

std::int64_t Checksum::value() const {
  const std::string hex = base::sha256_hex(bytes_);
  std::uint64_t first = 0;
  const auto [end, error] = std::from_chars(hex.data(), hex.data() + 16, first, 16);
  base::check(error == std::errc() && end == hex.data() + 16, "SHA-256 gives hexadecimal digits");
  return static_cast<std::int64_t>(first);
}

}  // namespace noema::memory
