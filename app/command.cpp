#include "app/command.h"

#include <fmt/format.h>
#include <unistd.h>

#include <algorithm>
#include <atomic>
#include <cerrno>
#include <csignal>
#include <cstdio>
#include <ctime>
#include <thread>

#include "base/error.h"
#include "base/files.h"
#include "base/stop.h"

namespace noema::app {
namespace {

std::stop_source& stop_source() {
  static std::stop_source source;
  return source;
}

/// Ends the program on the second signal, or when the command does not end by itself.
void end_after(const sigset_t& signals) {
  const timespec grace{static_cast<time_t>(kGraceSeconds),
                       static_cast<long>((kGraceSeconds - static_cast<time_t>(kGraceSeconds)) * 1e9)};
  while (sigtimedwait(&signals, nullptr, &grace) == -1 && errno == EINTR) {
  }
  constexpr std::string_view kText = "noema: interrupted\n";
  [[maybe_unused]] const auto written = ::write(STDERR_FILENO, kText.data(), kText.size());
  ::_exit(base::kInterruptedStatus);
}

std::string human(const nlohmann::ordered_json& value) {
  if (value.is_string()) return value.get<std::string>();
  if (value.is_number_float()) return fmt::format("{:.6g}", value.get<double>());
  if (value.is_null()) return "-";
  return value.dump(-1, ' ', false, nlohmann::ordered_json::error_handler_t::replace);
}

}  // namespace

void add_globals(CLI::App& command, Globals& globals) {
  command.add_option("--seed", globals.seed, "Number that all randomness follows from")
      ->capture_default_str()
      ->check(within(base::ranges::kSeed));
  command.add_option("--threads", globals.threads, "Threads to work with; 0 means all cores")
      ->check(within(base::ranges::kThreads));
  command.add_flag("--quiet", globals.quiet, "No progress and no remarks");
  command.add_flag("--json", globals.json, "Results as JSON, one object a line, and nothing else on standard output");
}

CLI::Validator within(const base::Range& range) {
  return {[range](std::string& text) { return range.complaint(text).value_or(""); }, range.expected()};
}

void print_result(const Globals& globals, const nlohmann::ordered_json& result) {
  if (globals.json) {
    fmt::print("{}\n", result.dump(-1, ' ', false, nlohmann::ordered_json::error_handler_t::replace));
  } else {
    std::size_t width = 0;
    for (const auto& [key, value] : result.items()) width = std::max(width, key.size());
    for (const auto& [key, value] : result.items()) fmt::print("{:<{}}  {}\n", key, width, human(value));
  }
  if (std::fflush(stdout) != 0 || std::ferror(stdout) != 0)
    throw base::Error("writing to standard output failed; is the disk full?");
}

ProgressBar::ProgressBar(const Globals& globals) : shown_(!globals.quiet && ::isatty(STDERR_FILENO) == 1) {}

ProgressBar::~ProgressBar() {
  if (drawn_) std::fputs("\r\033[K", stderr);
}

void ProgressBar::show(double share, const std::string& text) {
  if (!shown_) return;
  constexpr int kWidth = 24;
  const int full = static_cast<int>(std::clamp(share, 0.0, 1.0) * kWidth);
  fmt::print(stderr, "\r\033[K[{}{}] {:3.0f}%  {}", std::string(static_cast<std::size_t>(full), '#'),
             std::string(static_cast<std::size_t>(kWidth - full), '.'), share * 100, text);
  std::fflush(stderr);
  drawn_ = true;
}

void remark(const Globals& globals, const std::string& text) {
  if (!globals.quiet) fmt::print(stderr, "{}\n", text);
}

void watch_interrupts() {
  static std::atomic<bool> watching{false};
  if (watching.exchange(true)) return;
  // No handler runs on anybody's stack: threads begun from now on leave these signals to one that waits for them.
  sigset_t signals;
  sigemptyset(&signals);
  sigaddset(&signals, SIGINT);
  sigaddset(&signals, SIGTERM);
  pthread_sigmask(SIG_BLOCK, &signals, nullptr);
  std::thread([signals] {
    int signal = 0;
    sigwait(&signals, &signal);
    stop_source().request_stop();
    end_after(signals);
  }).detach();
}

std::stop_token stop_token() { return stop_source().get_token(); }

bool interrupted() { return stop_source().stop_requested(); }

std::vector<std::string> lines_of(const std::string& file) {
  base::LineReader reader(file);
  std::vector<std::string> lines;
  while (auto line = reader.next()) lines.push_back(std::move(*line));
  return lines;
}

void require_writable(const std::filesystem::path& file) {
  namespace fs = std::filesystem;
  if (!file.has_filename() || fs::is_directory(file))
    throw base::Error(fmt::format("{}: is a folder; give the path of a file to write", file.string()));
  const fs::path folder = file.has_parent_path() ? file.parent_path() : fs::path(".");
  if (!fs::is_directory(folder))
    throw base::Error(fmt::format("{}: no such folder; create it or choose another path", folder.string()));
  if (::access(folder.c_str(), W_OK) != 0 || (fs::exists(file) && ::access(file.c_str(), W_OK) != 0))
    throw base::Error(fmt::format("{}: cannot be written to; change its permissions or choose another path",
                                  (fs::exists(file) ? file : folder).string()));
}

std::string printable(const std::string& text) {
  const std::string quoted = nlohmann::json(text).dump(-1, ' ', false, nlohmann::json::error_handler_t::replace);
  return nlohmann::json::parse(quoted).get<std::string>();
}

}  // namespace noema::app
