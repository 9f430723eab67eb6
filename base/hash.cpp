#include "base/hash.h"

#include <openssl/evp.h>

#include <array>

#include "base/error.h"

namespace noema::base {

struct Sha256::State {
  EVP_MD_CTX* context = EVP_MD_CTX_new();
  State() {
    check(context != nullptr && EVP_DigestInit_ex(context, EVP_sha256(), nullptr) == 1, "SHA-256 is not available");
  }
  ~State() { EVP_MD_CTX_free(context); }
  State(const State&) = delete;
  State& operator=(const State&) = delete;
};

Sha256::Sha256() : state_(std::make_unique<State>()) {}
Sha256::~Sha256() = default;
Sha256::Sha256(Sha256&&) noexcept = default;
Sha256& Sha256::operator=(Sha256&&) noexcept = default;

void Sha256::bytes(std::string_view data) { EVP_DigestUpdate(state_->context, data.data(), data.size()); }

void Sha256::integer(std::int64_t value) {
  std::array<char, 8> little_endian;
  for (int i = 0; i < 8; ++i) little_endian[i] = static_cast<char>(static_cast<std::uint64_t>(value) >> (8 * i));
  bytes({little_endian.data(), little_endian.size()});
}

void Sha256::text(std::string_view value) {
  integer(static_cast<std::int64_t>(value.size()));
  bytes(value);
}

std::string Sha256::hex() {
  std::array<unsigned char, EVP_MAX_MD_SIZE> digest;
  unsigned int size = 0;
  EVP_DigestFinal_ex(state_->context, digest.data(), &size);
  constexpr std::string_view kDigits = "0123456789abcdef";
  std::string hex;
  for (unsigned int i = 0; i < size; ++i) {
    hex += kDigits[digest[i] >> 4];
    hex += kDigits[digest[i] & 15];
  }
  return hex;
}

std::string sha256_hex(std::string_view data) {
  Sha256 hash;
  hash.bytes(data);
  return hash.hex();
}

}  // namespace noema::base
