#pragma once
// SHA-256: names files, weights and graphs by their content.

#include <cstdint>
#include <memory>
#include <string>
#include <string_view>

namespace noema::base {

/// Incremental SHA-256. Integers are hashed little-endian with their width; strings with their length first, so that
/// no two sequences of values share one byte stream.
class Sha256 {
 public:
  Sha256();
  ~Sha256();
  Sha256(Sha256&&) noexcept;
  Sha256& operator=(Sha256&&) noexcept;

  void bytes(std::string_view data);
  void integer(std::int64_t value);
  void text(std::string_view value);

  /// 64 lower-case hexadecimal digits; ends the hash.
  std::string hex();

 private:
  struct State;
  std::unique_ptr<State> state_;
};

/// SHA-256 of `data` alone, as 64 hexadecimal digits.
std::string sha256_hex(std::string_view data);

}  // namespace noema::base
