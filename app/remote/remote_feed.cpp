#include "app/remote/remote_feed.h"

#include <fmt/format.h>

#include <algorithm>
#include <set>

#include "app/actions/json_fields.h"
#include "app/actions/status.h"
#include "app/human.h"
#include "app/remote/answering.h"
#include "app/server/feeding.h"
#include "base/clock.h"
#include "base/failure_context.h"

namespace noema::app {
namespace {

using nlohmann::json;

/// Feeds file after file to one server.
class RemoteFeeder {
 public:
  RemoteFeeder(const RemoteLife& remote, const FeedRequest& request, const FeedEvents& events)
      : remote_(remote), request_(request), events_(events) {}

  void feed(const std::string& file) {
    const base::FailureContext context("sending " + file);
    file_ = file;
    cursor_.reset();
    memory::FeedOptions options{{request_.format, request_.group}, request_.again};
    options.inputs.remark = [this](const std::string& text) { say(text); };
    options.inputs.while_waiting = [this] { return wait(); };
    cursor_.emplace(std::make_unique<RemoteFeeds>(*this), file, options);
    if (cursor_->resumed_after() > 0)
      say(fmt::format("{}: {} lines are stored already, goes on after them", file, cursor_->resumed_after()));
    acknowledged_ = cursor_->lines();
    since_opened_ = since_acknowledged_ = {};
    bytes_before_ = cursor_->reader().bytes_read();
    bool is_first = true;
    while (keep_on()) {
      auto input = cursor_->next();
      if (!input) break;
      if (is_first && input->part > 0) begins_at_ = input->begins_at;  // goes on within an input
      is_first = false;
      input->begins_at = 0;  // the server knows it, or send() does
      pending_bytes_ += input->text.size();
      pending_.push_back(*std::move(input));
      if (pending_.size() >= most_ || pending_bytes_ > kBatchBytes || since_acknowledged_.seconds() > kBatchSeconds)
        acknowledge();
    }
    acknowledge();
  }

  bool keep_on() const { return !events_.stop.stop_requested(); }
  std::uint64_t inputs() const { return inputs_; }
  /// What the server has of the file that failed.
  std::string acknowledged() const {
    return file_.empty() ? std::string()
                         : fmt::format("{} of {} are acknowledged",
                                       counted(static_cast<std::uint64_t>(acknowledged_), "line"), file_);
  }

 private:
  static constexpr std::size_t kFewest = 16;
  static constexpr std::size_t kBatchBytes = std::size_t{2} << 20;
  static constexpr double kBatchSeconds = 0.5;

  /// The server's record of what was fed. To record is to send, so that both become durable at once.
  class RemoteFeeds final : public memory::Feeds {
   public:
    explicit RemoteFeeds(RemoteFeeder& feeder) : feeder_(feeder) {}
    std::optional<std::int64_t> next_length(std::string_view format, std::string_view group,
                                            std::int64_t least) const override {
      return ask({{"format", format}, {"group", group}, {"least", least}},
                 [](const json& answer) { return value_or_none<std::int64_t>(answer, "next_length"); });
    }
    std::vector<memory::FeedRow> find(std::string_view format, std::string_view group,
                                      std::string_view content_hash) const override {
      return ask({{"format", format}, {"group", group}, {"content_hash", content_hash}},
                 [](const json& answer) { return each_of(answer.at("files"), feed_row_of); });
    }
    std::int64_t record(const memory::FeedRow& row) override { return feeder_.send(row); }

   private:
    template <typename Read>
    auto ask(const json& arguments, const Read& read) const -> decltype(read(arguments)) {
      const json answer = feeder_.remote_.call("feeds", arguments);
      return read_answer(feeder_.remote_, "feeds", [&] { return read(answer); });
    }

    RemoteFeeder& feeder_;
  };

  /// While a pipe delivers nothing, what was read so far is sent.
  bool wait() {
    if (cursor_ && !pending_.empty() && since_acknowledged_.seconds() > kBatchSeconds) acknowledge();
    return keep_on();
  }

  void say(const std::string& text) {
    if (events_.remark && said_.insert(text).second) events_.remark(text);
  }

  void acknowledge() {
    cursor_->acknowledge();
    if (!pending_.empty()) send(std::nullopt);  // of a pipe nothing is recorded
    acknowledged_ = cursor_->lines();
    since_acknowledged_ = {};
    if (events_.acknowledged)
      events_.acknowledged(progress_of(file_, *cursor_, since_opened_.seconds(), bytes_before_));
  }

  /// Returns the id of the record, 0 without one.
  std::int64_t send(const std::optional<memory::FeedRow>& row) {
    json arguments{{"inputs", json::array()}};
    for (memory::Input& input : pending_) {
      if (input.part > 0 && arguments["inputs"].empty()) input.begins_at = begins_at_;
      arguments["inputs"].push_back(to_json(input));
    }
    if (row) {
      memory::FeedRow file = *row;
      file.begins_at = begins_at_;
      arguments["file"] = to_json(file);
    }
    const base::Stopwatch watch;
    const json answer = remote_.call("feed", arguments);
    adapt(watch.seconds());
    return read_answer(remote_, "feed", [&] { return take(answer); });
  }

  std::int64_t take(const json& answer) {
    const json& told = answer.at("told");
    for (std::size_t i = 0; i < pending_.size(); ++i) {
      if (pending_[i].part > 0) continue;
      ++inputs_;
      told.at(i).at("episode").get_to(begins_at_);
    }
    pending_.clear();
    pending_bytes_ = 0;
    const json& file = answer.at("file");
    return file.is_null() ? 0 : file.at("id").get<std::int64_t>();
  }

  /// So many inputs as the server takes in about half a second.
  void adapt(double seconds) {
    if (seconds < kBatchSeconds / 2) most_ = std::min(2 * most_, kMostFed);
    if (seconds > kBatchSeconds) most_ = std::max(most_ / 2, kFewest);
  }

  const RemoteLife& remote_;
  const FeedRequest& request_;
  const FeedEvents& events_;
  std::string file_;
  std::optional<memory::FeedCursor> cursor_;
  std::vector<memory::Input> pending_;
  std::size_t pending_bytes_ = 0;
  std::size_t most_ = 64;
  std::int64_t begins_at_ = 0;     // the episode that holds the first piece of the input that was sent last
  std::int64_t acknowledged_ = 0;  // lines of the file
  base::Stopwatch since_opened_, since_acknowledged_;
  std::uint64_t bytes_before_ = 0;
  std::uint64_t inputs_ = 0;
  std::set<std::string> said_;
};

Status status_at(const RemoteLife& remote) {
  return read_answer(remote, "status", [&] { return status_value_of(remote.call("status", json::object())); });
}

}  // namespace

FeedResult feed(const RemoteLife& remote, const FeedRequest& request, const FeedEvents& events) {
  require_feedable(request);
  if (memory::make_input_format(request.format)->takes_folders())
    throw base::UsageError(fmt::format("a server takes no {}; stop it and feed the life's file", request.format));
  const base::Stopwatch watch;
  const Status before = status_at(remote);
  RemoteFeeder feeder(remote, request, events);
  try {
    for (const std::string& file : request.files)
      if (feeder.keep_on()) feeder.feed(file);
  } catch (const base::Error& error) {
    throw base::Error(feeder.acknowledged().empty() ? error.what()
                                                    : fmt::format("{} ({})", error.what(), feeder.acknowledged()));
  }
  const Status after = status_at(remote);
  FeedResult result;
  result.inputs = feeder.inputs();
  result.interrupted = !feeder.keep_on();
  result.concepts = after.concepts;
  result.relations = after.relations;
  result.thoughts = static_cast<std::uint64_t>(std::max<std::int64_t>(0, after.thoughts - before.thoughts));
  result.seconds = watch.seconds();
  return result;
}

}  // namespace noema::app
