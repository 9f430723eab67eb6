#include "app/server/live_mind.h"

#include <fmt/format.h>

#include <chrono>
#include <condition_variable>
#include <set>

#include "app/actions/tell.h"
#include "app/lives.h"
#include "base/error.h"

namespace noema::app {
namespace {

constexpr auto kBetweenCommits = std::chrono::milliseconds(300);

/// The input that the caller's id told before, if it did. Throws base::Error if it told another text.
std::optional<memory::EpisodeId> told_before(const memory::Life& life, const memory::Input& input) {
  if (!input.id) return std::nullopt;
  const auto row = life.episodes().find(input.group, *input.id);
  if (!row) return std::nullopt;
  if (row->text != input.text)
    throw base::Error(fmt::format("the id '{}' has told another text in group '{}' (input {}); give another id",
                                  *input.id, input.group, row->id));
  return row->id;
}

}  // namespace

LiveMind::LiveMind(const std::string& path, bool thinks, const reasoning::MindOptions& options)
    : path_(path),
      past_(path),
      thinks_(thinks),
      mind_(std::make_unique<reasoning::Mind>(open_to_write(path), options)) {
  mind_->think_after_inputs(0);
  if (thinks_) mind_->start_background();
  committing_ = std::jthread([this](const std::stop_token& stop) { commit_now_and_then(stop); });
}

LiveMind::~LiveMind() {
  committing_.request_stop();
  committing_.join();
  try {
    mind_->stop_background();
    mind_->checkpoint();
  } catch (const base::Error&) {
    // What was acknowledged is in the log; whoever opens the life next replays it, or is told what is wrong.
  }
}

/// Thoughts become durable, and seen by those who follow the log, soon after they were had.
void LiveMind::commit_now_and_then(const std::stop_token& stop) {
  std::mutex waiting;
  std::condition_variable_any woken;
  std::unique_lock lock(waiting);
  while (!woken.wait_for(lock, stop, kBetweenCommits, [] { return false; }) && !stop.stop_requested()) {
    try {
      const std::scoped_lock alone(writing_);
      mind_->commit();
    } catch (const base::Error&) {
      return;  // the next write says what is wrong
    }
  }
}

std::vector<Told> LiveMind::tell(const std::vector<memory::Input>& inputs) {
  for (const memory::Input& input : inputs) require_tellable(input);
  const std::scoped_lock alone(writing_);
  const std::vector<Told> told = store(inputs);
  mind_->commit();
  return told;
}

std::vector<Told> LiveMind::feed(const std::vector<memory::Input>& inputs, memory::FeedRow* file) {
  for (const memory::Input& input : inputs) require_line(input);
  const std::scoped_lock alone(writing_);
  const std::vector<Told> told = store(inputs);
  if (file != nullptr) {
    for (std::size_t i = 0; i < inputs.size(); ++i)
      if (inputs[i].part == 0) file->begins_at = told[i].episode;
    mind_->with_life([&](memory::Life& life) { file->id = life.feeds().record(*file); });
  }
  mind_->commit();
  return told;
}

/// Into the current batch. What cannot be stored is found before the first is.
std::vector<Told> LiveMind::store(const std::vector<memory::Input>& inputs) {
  std::vector<Told> told;
  {
    const reasoning::MindView view = mind_->view();
    std::set<std::pair<std::string, std::string>> ids;
    for (const memory::Input& input : inputs) {
      if (input.id && !ids.emplace(input.group, *input.id).second)
        throw base::Error(fmt::format("the id '{}' stands twice among these inputs; give each its own", *input.id));
      const auto before = told_before(view.life(), input);
      told.push_back({before.value_or(0), before.has_value()});
    }
  }
  memory::EpisodeId begins_at = 0;
  for (std::size_t i = 0; i < inputs.size(); ++i) {
    memory::Input input = inputs[i];
    if (input.part > 0 && input.begins_at == 0) input.begins_at = begins_at;
    if (!told[i].is_known) told[i].episode = mind_->perceive(input).episode;
    if (input.part == 0) begins_at = told[i].episode;
  }
  return told;
}

void LiveMind::write(const std::function<void(reasoning::Mind&)>& use) {
  const std::scoped_lock alone(writing_);
  use(*mind_);
}

void LiveMind::alone(const std::function<void(reasoning::Mind&)>& use) {
  const std::scoped_lock alone(writing_);
  if (thinks_) mind_->stop_background();
  try {
    use(*mind_);
  } catch (...) {
    if (thinks_) mind_->start_background();
    throw;
  }
  if (thinks_) mind_->start_background();
}

void LiveMind::let_think(bool thinks) {
  const std::scoped_lock alone(writing_);
  if (thinks == thinks_) return;
  if (thinks)
    mind_->start_background();
  else
    mind_->stop_background();
  thinks_ = thinks;
}

}  // namespace noema::app
