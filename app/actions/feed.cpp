#include "app/actions/feed.h"

#include <fmt/format.h>

#include <set>

#include "base/clock.h"
#include "base/failure_context.h"
#include "base/files.h"
#include "memory/feed.h"
#include "reasoning/mind.h"

namespace noema::app {
namespace {

using reasoning::Mind;

/// Feeds file after file to one mind.
class Feeder {
 public:
  Feeder(Mind& mind, const FeedRequest& request, const FeedEvents& events)
      : mind_(mind), request_(request), events_(events) {}

  void feed(const std::string& file) {
    const base::FailureContext context("reading " + file);
    file_ = file;
    memory::FeedOptions options{{request_.format, request_.group}, request_.again};
    options.inputs.remark = [this](const std::string& text) { say(text); };
    options.inputs.while_waiting = [this] { return wait(); };
    mind_.with_life([&](memory::Life& life) { cursor_.emplace(life, file, options); });
    if (cursor_->resumed_after() > 0)
      say(fmt::format("{}: {} lines are stored already, goes on after them", file, cursor_->resumed_after()));
    since_opened_ = {};
    bytes_before_ = cursor_->reader().bytes_read();
    while (keep_on()) {
      const auto input = cursor_->next();
      if (!input) break;
      cursor_->stored(mind_.perceive(*input).episode);
      inputs_ += input->part == 0;
      if (++pending_ >= kBatch || since_acknowledged_.seconds() > kBatchSeconds) acknowledge();
    }
    acknowledge();
  }

  bool keep_on() const { return !events_.stop.stop_requested(); }
  std::uint64_t inputs() const { return inputs_; }

 private:
  static constexpr std::uint64_t kBatch = 256;
  static constexpr double kBatchSeconds = 0.5;

  /// While a pipe gives nothing, what it gave is made durable.
  bool wait() {
    if (pending_ > 0 && since_acknowledged_.seconds() > kBatchSeconds) acknowledge();
    return keep_on();
  }

  /// Each remark once.
  void say(const std::string& text) {
    if (events_.remark && said_.insert(text).second) events_.remark(text);
  }

  void acknowledge() {
    mind_.with_life([&](memory::Life&) { cursor_->acknowledge(); });
    mind_.commit();
    pending_ = 0;
    since_acknowledged_ = {};
    if (events_.acknowledged) events_.acknowledged(progress());
  }

  FeedProgress progress() const {
    FeedProgress progress;
    progress.file = file_;
    progress.lines = cursor_->lines();
    const double seconds = since_opened_.seconds();
    const auto bytes = static_cast<double>(cursor_->reader().bytes_read() - bytes_before_);
    if (seconds > 0) progress.bytes_per_second = bytes / seconds;
    progress.share = cursor_->reader().share_read();
    if (progress.share && *progress.share > 0 && progress.bytes_per_second > 0) {
      const double all = static_cast<double>(cursor_->reader().bytes_read()) / *progress.share;
      progress.seconds_left = all * (1 - *progress.share) / progress.bytes_per_second;
    }
    return progress;
  }

  Mind& mind_;
  const FeedRequest& request_;
  const FeedEvents& events_;
  std::string file_;
  std::optional<memory::FeedCursor> cursor_;
  base::Stopwatch since_opened_, since_acknowledged_;
  std::uint64_t bytes_before_ = 0;
  std::uint64_t pending_ = 0;
  std::uint64_t inputs_ = 0;
  std::set<std::string> said_;
};

}  // namespace

FeedResult feed(const FeedRequest& request, const FeedEvents& events) {
  memory::make_input_format(request.format);
  for (const std::string& file : request.files)
    if (file != "-") base::require_file(file);  // all files are there before the first is fed
  const base::Stopwatch watch;
  reasoning::MindOptions options;
  options.predict = request.predict;
  options.encode = request.encode;
  Mind mind(memory::Life::open(request.life, memory::Access::kWrite, {.sync = request.sync}), options);
  mind.think_after_inputs(request.thinking.in_background ? 0 : request.thinking.proposals);
  if (request.thinking.in_background) mind.start_background();
  Feeder feeder(mind, request, events);
  for (const std::string& file : request.files)
    if (feeder.keep_on()) feeder.feed(file);
  const reasoning::Thinking thinking = mind.stop_background();
  mind.checkpoint();
  FeedResult result;
  result.inputs = feeder.inputs();
  result.concepts = mind.core().graph().concepts();
  result.relations = mind.core().graph().statistics().cells();
  result.thoughts = thinking.thoughts;
  result.gain_bits = thinking.gain_bits;
  result.seconds = watch.seconds();
  result.thinking_seconds = thinking.seconds;
  result.transformer_seconds = mind.transformer_seconds();
  result.interrupted = !feeder.keep_on();
  return result;
}

}  // namespace noema::app
