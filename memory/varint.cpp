#include "memory/varint.h"

#include "base/error.h"

namespace noema::memory {

std::string encode_varints(const std::vector<std::int64_t>& values) {
  std::string bytes;
  bytes.reserve(values.size() * 3);
  for (const std::int64_t value : values) {
    base::check(value >= 0, "varints hold no negative numbers");
    auto rest = static_cast<std::uint64_t>(value);
    while (rest >= 0x80) {
      bytes += static_cast<char>(rest | 0x80);
      rest >>= 7;
    }
    bytes += static_cast<char>(rest);
  }
  return bytes;
}

std::vector<std::int64_t> decode_varints(std::string_view bytes) {
  std::vector<std::int64_t> values;
  values.reserve(bytes.size() / 2 + 1);
  std::uint64_t value = 0;
  int shift = 0;
  for (const char c : bytes) {
    const auto byte = static_cast<unsigned char>(c);
    if (shift > 56) throw base::Error("a list of numbers holds one of more than 63 bits; the row is damaged");
    value |= static_cast<std::uint64_t>(byte & 0x7f) << shift;
    if (byte & 0x80) {
      shift += 7;
      continue;
    }
    values.push_back(static_cast<std::int64_t>(value));
    value = 0;
    shift = 0;
  }
  if (shift != 0) throw base::Error("a list of numbers ends within one; the row is damaged");
  return values;
}

}  // namespace noema::memory
