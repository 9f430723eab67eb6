#include "app/run_progress.h"

#include <fmt/format.h>

#include <algorithm>

#include "app/human.h"

namespace noema::app {
namespace {

/// How many were done a second since they began; nothing before the first.
std::optional<double> rate(std::size_t done, std::size_t before, double seconds, double since) {
  if (done <= before || seconds <= since) return std::nullopt;
  return static_cast<double>(done - before) / (seconds - since);
}

std::string time_left(std::size_t left, double a_second) { return human_seconds(static_cast<double>(left) / a_second); }

std::size_t left_of(std::size_t all, std::size_t done) { return all - std::min(all, done); }

std::string shown_rate(double a_second) {
  return a_second >= 1 ? human_number(a_second) + " a second" : human_number(60 * a_second) + " a minute";
}

}  // namespace

double RunProgress::share(const experiments::Progress& progress) const {
  const auto part = [](std::size_t done, std::size_t all) {
    return all == 0 ? 0 : static_cast<double>(done) / static_cast<double>(all);
  };
  return progress.run.empty() ? part(progress.experience, progress.experiences)
                              : part(progress.runs_finished, progress.runs);
}

std::string RunProgress::text(const experiments::Progress& progress, double seconds) {
  std::string text;
  if (!progress.run.empty()) {
    if (!runs_) runs_ = {progress.runs_finished, 0};
    text = fmt::format("{} of {} runs", progress.runs_finished, progress.runs);
    if (const auto runs = rate(progress.runs_finished, runs_->at, seconds, runs_->seconds))
      text += fmt::format(", {} left", time_left(left_of(progress.runs, progress.runs_finished), *runs));
    text += fmt::format("  {}  ", progress.run);
  }
  text += progress.arm;
  if (progress.experiences == 0) return text;  // the model, which is trained
  const auto& begun =
      arms_.try_emplace({progress.run, progress.arm}, Begun{progress.experience, seconds}).first->second;
  text += fmt::format("  {} of {}", progress.experience, progress.experiences);
  if (const auto experiences = rate(progress.experience, begun.at, seconds, begun.seconds))
    text += fmt::format("  {}  {} left", shown_rate(*experiences),
                        time_left(left_of(progress.experiences, progress.experience), *experiences));
  return text + "  " +
         (progress.figure.empty() ? fmt::format("{:.3f} bits/char", progress.bits_per_char) : progress.figure);
}

std::optional<std::string> RunProgress::news(const experiments::Progress& progress) {
  if (progress.experiences == 0) return std::nullopt;
  const std::string news = progress.run.empty() ? "arm " + progress.arm : "run " + progress.run;
  if (!told_.insert(news).second) return std::nullopt;
  return news;
}

}  // namespace noema::app
