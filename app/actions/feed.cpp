#include "app/actions/feed.h"

#include <fmt/format.h>

#include <functional>
#include <memory>
#include <optional>
#include <set>

#include "app/human.h"
#include "base/clock.h"
#include "base/failure_context.h"
#include "base/files.h"
#include "memory/feed.h"
#include "reasoning/mind.h"
#include "reasoning/telling.h"

namespace noema::app {
namespace {

using reasoning::Mind;

/// Feeds file after file to one life. The mind is created when an input needs it, so that a few inputs can be stored in
/// a large life without loading its graph.
class Feeder {
 public:
  Feeder(memory::Life life, const FeedRequest& request, const FeedEvents& events)
      : life_(std::move(life)), request_(request), events_(events) {
    if (request.thinking.proposals == 0) telling_ = reasoning::Telling::begin(life_, clock_);
    if (!telling_) load();
  }

  void feed(const std::string& file) {
    const base::FailureContext context("reading " + file);
    file_ = file;
    memory::FeedOptions options{{request_.format, request_.group}, request_.again};
    options.inputs.remark = [this](const std::string& text) { say(text); };
    options.inputs.while_waiting = [this] { return wait(); };
    with_life([&](memory::Life& life) { cursor_.emplace(life, file, options); });
    if (cursor_->resumed_after() > 0)
      say(fmt::format("{}: {} are stored already, goes on after them", file,
                      counted(static_cast<std::uint64_t>(cursor_->resumed_after()), cursor_->reader().noun())));
    since_opened_ = {};
    bytes_before_ = cursor_->reader().bytes_read();
    while (keep_on()) {
      const auto input = cursor_->next();
      if (!input) break;
      cursor_->stored(store(*input));
      inputs_ += input->part == 0;
      if (++pending_ >= kBatch || since_acknowledged_.seconds() > kBatchSeconds) acknowledge();
    }
    acknowledge();
  }

  bool keep_on() const { return !events_.stop.stop_requested(); }

  /// Ends thinking and writes the checkpoint, if the graph was loaded.
  FeedResult finish() {
    FeedResult result;
    result.inputs = inputs_;
    result.interrupted = !keep_on();
    if (!mind_) {
      result.concepts = telling_->concepts();
      result.relations = telling_->relations();
      return result;
    }
    const reasoning::Thinking thinking = mind_->stop_background();
    mind_->checkpoint();
    if (request_.thinking.in_background || request_.thinking.proposals > 0)
      mind_->think_of_facts([this] { return keep_on(); });
    result.concepts = mind_->view().graph().concepts();
    result.relations = mind_->view().graph().statistics().cells();
    result.thoughts = thinking.thoughts;
    result.gain_bits = thinking.gain_bits;
    result.thinking_seconds = thinking.seconds;
    result.transformer_seconds = mind_->transformer_seconds();
    return result;
  }

 private:
  static constexpr std::uint64_t kBatch = 256;
  static constexpr double kBatchSeconds = 0.5;
  static constexpr std::uint64_t kMostTold = 16;  // inputs; for more, loading the graph is faster

  void load() {
    reasoning::MindOptions options;
    options.predict = request_.predict;
    options.encode = request_.encode;
    mind_ = std::make_unique<Mind>(std::move(life_), options);
    mind_->with_life([&](memory::Life& life) {
      if (cursor_) cursor_->move_to(life);
    });
    mind_->think_after_inputs(request_.thinking.in_background ? 0 : request_.thinking.proposals);
    if (request_.thinking.in_background) mind_->start_background();
  }

  void with_life(const std::function<void(memory::Life&)>& use) {
    if (mind_)
      mind_->with_life(use);
    else
      use(life_);
  }

  memory::EpisodeId store(const memory::Input& input) {
    if (!mind_ && (told_ == kMostTold || input.part > 0)) {
      acknowledge();
      load();
    }
    if (mind_) return mind_->perceive(input).episode;
    ++told_;
    return telling_->tell(input);
  }

  /// While a pipe delivers nothing, the lines read so far are made durable.
  bool wait() {
    if (pending_ > 0 && since_acknowledged_.seconds() > kBatchSeconds) acknowledge();
    return keep_on();
  }

  /// Makes each remark once.
  void say(const std::string& text) {
    if (events_.remark && said_.insert(text).second) events_.remark(text);
  }

  void acknowledge() {
    with_life([&](memory::Life&) { cursor_->acknowledge(); });
    if (mind_) {
      mind_->commit();
    } else {
      telling_->keep();
      life_.commit();
    }
    pending_ = 0;
    since_acknowledged_ = {};
    if (events_.acknowledged)
      events_.acknowledged(progress_of(file_, *cursor_, since_opened_.seconds(), bytes_before_));
  }

  memory::Life life_;  // until the mind takes it over
  base::SystemClock clock_;
  std::unique_ptr<Mind> mind_;
  std::optional<reasoning::Telling> telling_;
  std::uint64_t told_ = 0;
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

FeedProgress progress_of(const std::string& file, const memory::FeedCursor& cursor, double seconds,
                         std::uint64_t bytes_before) {
  FeedProgress progress;
  progress.file = file;
  progress.lines = cursor.lines();
  progress.noun = cursor.reader().noun();
  const auto bytes = static_cast<double>(cursor.reader().bytes_read() - bytes_before);
  if (seconds > 0) progress.bytes_per_second = bytes / seconds;
  progress.share = cursor.reader().share_read();
  if (progress.share && *progress.share > 0 && progress.bytes_per_second > 0) {
    const double all = static_cast<double>(cursor.reader().bytes_read()) / *progress.share;
    progress.seconds_left = all * (1 - *progress.share) / progress.bytes_per_second;
  }
  return progress;
}

void require_feedable(const FeedRequest& request) {
  const auto format = memory::make_input_format(request.format);
  for (const std::string& file : request.files) {
    if (format->takes_folders() && file == "-")
      throw base::UsageError(
          fmt::format("standard input is read as lines, and the format {} has none; name a file or "
                      "a folder",
                      request.format));
    std::error_code code;
    const bool is_folder = format->takes_folders() && std::filesystem::is_directory(file, code);
    if (file != "-" && !is_folder) base::require_file(file);
  }
}

FeedResult feed(const FeedRequest& request, const FeedEvents& events) {
  require_feedable(request);
  const base::Stopwatch watch;
  Feeder feeder(memory::Life::open(request.life, memory::Access::kWrite, {.sync = request.sync}), request, events);
  for (const std::string& file : request.files)
    if (feeder.keep_on()) feeder.feed(file);
  FeedResult result = feeder.finish();
  result.seconds = watch.seconds();
  return result;
}

nlohmann::ordered_json to_json(const FeedResult& result) {
  return {{"inputs", result.inputs},
          {"concepts", result.concepts},
          {"relations", result.relations},
          {"thoughts", result.thoughts},
          {"gain_bits", result.gain_bits},
          {"seconds", result.seconds},
          {"thinking_seconds", result.thinking_seconds},
          {"transformer_seconds", result.transformer_seconds},
          {"inputs_per_second", result.inputs_per_second()}};
}

}  // namespace noema::app
