#pragma once
// How noema fails: a broken world throws Error; a programmer's mistake stops at a check that stays on in release.

#include <stdexcept>
#include <string>
#include <string_view>

namespace noema::base {

/// The input or the world is at fault. The message is one line: what, where, expected and found, what to do.
class Error : public std::runtime_error {
 public:
  explicit Error(const std::string& message) : std::runtime_error(message) {}
};

/// The caller used a command wrongly (exit status 2 in programs).
class UsageError : public Error {
 public:
  using Error::Error;
};

/// A mistake in noema was noticed. The message says, for whoever mends it, which condition did not hold.
class Bug : public std::logic_error {
 public:
  using std::logic_error::logic_error;
};

/// Throws Bug with `message` unless `holds`: for conditions that only a mistake in noema can break.
void check(bool holds, std::string_view message);

}  // namespace noema::base
