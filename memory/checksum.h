#pragma once
// Short checksums of rows: the first 8 bytes of SHA-256 over their values, so that a change of one value shows.

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace noema::memory {

/// Collects a row's values. Integers and reals take 8 bytes, texts their length first, so no two rows share one byte
/// stream.
class Checksum {
 public:
  Checksum& integer(std::int64_t value);
  Checksum& real(double value);  ///< by its bits
  Checksum& text(std::string_view value);
  Checksum& optional_text(const std::optional<std::string>& value);
  /// The checksum of all so far.
  std::int64_t value() const;

 private:
  std::string bytes_;
};

}  // namespace noema::memory
