#pragma once
// Lists of small non-negative integers as LEB128 bytes (7 bits a byte, low bits first, the top bit says more follow).

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace noema::memory {

/// Throws std::logic_error for a negative value.
std::string encode_varints(const std::vector<std::int64_t>& values);

/// Throws base::Error if the bytes end within a value or a value does not fit 63 bits.
std::vector<std::int64_t> decode_varints(std::string_view bytes);

}  // namespace noema::memory
