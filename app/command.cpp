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
#include "base/output.h"
#include "base/stop.h"
#include "base/temporary_folder.h"

namespace noema::app {
namespace {

std::stop_source& stop_source() {
  static std::stop_source source;
  return source;
}

/// Ends the program at the second signal, or when the command does not end in time.
void end_after(const sigset_t& signals) {
  const timespec grace{static_cast<time_t>(kGraceSeconds),
                       static_cast<long>((kGraceSeconds - static_cast<time_t>(kGraceSeconds)) * 1e9)};
  while (sigtimedwait(&signals, nullptr, &grace) == -1 && errno == EINTR) {
  }
  constexpr std::string_view kText = "noema: interrupted\n";
  base::remove_temporary_folders();
  [[maybe_unused]] const auto written = ::write(STDERR_FILENO, kText.data(), kText.size());
  ::_exit(base::kInterruptedStatus);
}

}  // namespace

void add_globals(CLI::App& command, Globals& globals) {
  command.add_option("--seed", globals.seed, "Seed of all randomness")
      ->capture_default_str()
      ->check(within(base::ranges::kSeed));
  command.add_option("--threads", globals.threads, "Number of threads; 0 means all cores")
      ->check(within(base::ranges::kThreads));
  command.add_flag("--quiet", globals.quiet, "Print no progress and no remarks");
  command.add_flag("--json", globals.json,
                   "Print results as JSON, one object per line, and nothing else on standard output");
}

CLI::Validator within(const base::Range& range) {
  return {[range](std::string& text) { return range.complaint(text).value_or(""); }, range.expected()};
}

void print_json(const nlohmann::ordered_json& result) {
  print_text("{}\n", result.dump(-1, ' ', false, nlohmann::ordered_json::error_handler_t::replace));
  base::flush_standard_output();
}

ProgressBar::ProgressBar(const Globals& globals) : shown_(!globals.quiet && ::isatty(STDERR_FILENO) == 1) {}

ProgressBar::~ProgressBar() { end(); }

void ProgressBar::end() {
  if (drawn_) std::fputs("\r\033[K", stderr);
  drawn_ = false;
}

void ProgressBar::show(double share, const std::string& text) {
  if (!shown_) return;
  constexpr int kWidth = 24;
  const int full = static_cast<int>(std::clamp(share, 0.0, 1.0) * kWidth);
  const std::string line = fmt::format("\r\033[K[{}{}] {:3.0f}%  {}", std::string(static_cast<std::size_t>(full), '#'),
                                       std::string(static_cast<std::size_t>(kWidth - full), '.'), share * 100, text);
  std::fputs(line.c_str(), stderr);
  std::fflush(stderr);
  drawn_ = true;
}

void remark(const Globals& globals, const std::string& text) {
  if (!globals.quiet) std::fputs((text + "\n").c_str(), stderr);
}

void watch_interrupts() {
  static std::atomic<bool> watching{false};
  if (watching.exchange(true)) return;
  // One thread waits for the signals; all other threads block them. So no handler interrupts other code.
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

std::string printable(const std::string& text) {
  const std::string quoted = nlohmann::json(text).dump(-1, ' ', false, nlohmann::json::error_handler_t::replace);
  return nlohmann::json::parse(quoted).get<std::string>();
}

}  // namespace noema::app
