#pragma once
// Who does what of an experiment that several processes work on, perhaps on several machines: a claim is a lock on one
// byte of the file `claims` in the experiment's folder. The system takes it back when its process ends, however that
// happens, so a process that was killed holds up nobody.

#include <cstddef>
#include <filesystem>
#include <optional>
#include <string_view>

namespace noema::experiments {

inline constexpr std::string_view kClaims = "claims";

/// Held while this object lives.
class Claim {
 public:
  /// Nothing if somebody holds the claim with this number, in this process or another. Throws base::Error if the folder
  /// cannot be written or its file system has no locks.
  static std::optional<Claim> take(const std::filesystem::path& folder, std::size_t number);
  /// False too where there is no file of claims.
  static bool is_held(const std::filesystem::path& folder, std::size_t number);

  ~Claim();
  Claim(Claim&& other) noexcept;
  Claim& operator=(Claim&&) = delete;
  Claim(const Claim&) = delete;
  Claim& operator=(const Claim&) = delete;

 private:
  explicit Claim(int descriptor) : descriptor_(descriptor) {}
  int descriptor_;
};

}  // namespace noema::experiments
