#pragma once
// What all commands use: the options that every command has, printing results, progress, and Ctrl-C.

#include <fmt/format.h>
#include <CLI/CLI.hpp>
#include <cstdint>
#include <nlohmann/json.hpp>
#include <stop_token>
#include <string>
#include <utility>
#include <vector>

#include "base/output.h"
#include "base/ranges.h"

namespace noema::app {

struct Globals {
  std::uint64_t seed = 1;
  int threads = 0;  // 0: all cores
  bool quiet = false;
  bool json = false;
  std::string token_file;  ///< of a server that is asked instead of a file
};

/// Adds --seed, --threads, --quiet and --json to a command.
void add_globals(CLI::App& command, Globals& globals);

/// Checks that the value of an option is a number in a range: add_option(...)->check(within(base::ranges::kSeed)).
CLI::Validator within(const base::Range& range);

/// Prints a result as one JSON object on one line.
void print_json(const nlohmann::ordered_json& result);

/// Prints to standard output, as fmt::print does. Throws base::Error if that fails.
template <typename... Arguments>
void print_text(fmt::format_string<Arguments...> text, Arguments&&... arguments) {
  base::write_standard_output(fmt::format(text, std::forward<Arguments>(arguments)...));
}

/// A progress bar on standard error, redrawn in place. It is invisible unless standard error is a terminal, and with
/// --quiet.
class ProgressBar {
 public:
  explicit ProgressBar(const Globals& globals);
  ~ProgressBar();
  ProgressBar(const ProgressBar&) = delete;
  ProgressBar& operator=(const ProgressBar&) = delete;

  /// Takes it away, as its end does.
  void end();
  /// share: of the work, 0 to 1. text: a short description of the work.
  void show(double share, const std::string& text);

 private:
  bool shown_;
  bool drawn_ = false;
};

/// Prints a remark for people on standard error, unless --quiet is given.
void remark(const Globals& globals, const std::string& text);

/// After the first call, Ctrl-C and SIGTERM request a stop instead of ending the program. The program ends at once when
/// a second signal comes or when the command has not ended after kGraceSeconds. This is safe, because files are written
/// so that a kill leaves the old or the new one. In all cases the exit status is base::kInterruptedStatus.
inline constexpr double kGraceSeconds = 1.5;
void watch_interrupts();
/// The stop token for long work; the first signal requests its stop.
std::stop_token stop_token();
bool interrupted();

/// A text for JSON and terminals: bytes that are not UTF-8 become U+FFFD.
std::string printable(const std::string& text);

}  // namespace noema::app
