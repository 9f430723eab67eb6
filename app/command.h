#pragma once
// What all commands share: the options that are everywhere, results as one JSON object a line or aligned text,
// progress, Ctrl-C.

#include <CLI/CLI.hpp>
#include <cstdint>
#include <filesystem>
#include <nlohmann/json.hpp>
#include <stop_token>
#include <string>
#include <vector>

#include "base/ranges.h"

namespace noema::app {

struct Globals {
  std::uint64_t seed = 1;
  int threads = 0;  // 0: all cores
  bool quiet = false;
  bool json = false;
};

/// Adds --seed, --threads, --quiet and --json to a command.
void add_globals(CLI::App& command, Globals& globals);

/// Checks that an option's text is a number of a range: add_option(...)->check(within(base::ranges::kSeed)).
CLI::Validator within(const base::Range& range);

/// Prints a result: with --json one object a line, otherwise a line a key, aligned. Human numbers are shortened.
void print_result(const Globals& globals, const nlohmann::ordered_json& result);

/// A bar on standard error, redrawn in place; nothing unless standard error is a terminal, nothing with --quiet.
class ProgressBar {
 public:
  explicit ProgressBar(const Globals& globals);
  ~ProgressBar();
  ProgressBar(const ProgressBar&) = delete;
  ProgressBar& operator=(const ProgressBar&) = delete;

  /// share: 0 to 1; text: what is happening, short.
  void show(double share, const std::string& text);

 private:
  bool shown_;
  bool drawn_ = false;
};

/// A remark for people, on standard error; nothing with --quiet.
void remark(const Globals& globals, const std::string& text);

/// From the first call on, Ctrl-C and SIGTERM request a stop instead of ending the program. A second signal ends it at
/// once, and so does a command that goes on for more than kGraceSeconds: every file is written so that a kill leaves
/// the old or the new one. Either way the exit status is base::kInterruptedStatus.
inline constexpr double kGraceSeconds = 1.5;
void watch_interrupts();
/// The token that long work gets; it stops at the first signal.
std::stop_token stop_token();
bool interrupted();

/// All lines of a text file (.gz and .xz too). Throws base::Error if it cannot be read.
std::vector<std::string> lines_of(const std::string& file);

/// Throws base::Error unless a file can be written there: asked before long work whose result goes there.
void require_writable(const std::filesystem::path& file);

/// Text for JSON and terminals: what is not UTF-8 becomes U+FFFD.
std::string printable(const std::string& text);

}  // namespace noema::app
