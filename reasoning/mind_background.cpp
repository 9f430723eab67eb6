// How a mind thinks by itself: a thread that examines its agenda whenever there is something on it.

#include "base/error.h"
#include "reasoning/checkpoint.h"
#include "reasoning/knowledge.h"
#include "reasoning/mind.h"

namespace noema::reasoning {

Mind::~Mind() {
  background_stops_ = true;
  if (background_thread_.joinable()) background_thread_.join();
}

void Mind::think_after_inputs(std::uint64_t proposals) {
  checkpoint();  // what was thought otherwise ends here: a replay from now on thinks the same after each input
  thoughts_after_inputs_ = proposals;
  with_life([&](memory::Life& life) {
    life.set_state(kThinkAfterInputs, std::to_string(proposals));
    life.commit();
  });
}

void Mind::start_background() {
  base::check(!background_thread_.joinable(), "a mind has one background thinker");
  background_stops_ = false;
  background_thread_ = std::thread([this] { background(); });
}

void Mind::background() {
  constexpr std::uint64_t kBetweenLooks = 64;
  constexpr double kPracticeSeconds = 10;
  try {
    while (!background_stops_) {
      const Thinking thinking =
          changed([&] { return core_.think(kBetweenLooks, journal(), [this] { return !background_stops_; }); });
      add(thinking);
      if (consolidation_due()) {
        consolidate(std::nullopt, kPracticeSeconds, [this] { return !background_stops_; });
        continue;
      }
      const bool is_behind = !consider_facts(kBetweenLooks, [this] { return !background_stops_; }).is_all;
      if (wholes_are_due()) think_of_wholes(0, [this] { return !background_stops_; });
      if (company_is_due()) think_of_company(0, [this] { return !background_stops_; });
      if (topics_are_due()) think_of_topics(0, [this] { return !background_stops_; });
      if (thinking.examined == 0 && !is_behind) std::this_thread::sleep_for(std::chrono::milliseconds(10));
    }
  } catch (...) {
    const std::scoped_lock lock(thinking_mutex_);
    background_error_ = std::current_exception();
  }
}

/// A background thinker that failed is not silent: the next input or thought says why.
void Mind::require_background() const {
  const std::scoped_lock lock(thinking_mutex_);
  if (background_error_) std::rethrow_exception(background_error_);
}

Thinking Mind::stop_background() {
  background_stops_ = true;
  if (background_thread_.joinable()) background_thread_.join();
  require_background();
  return thinking();
}

Thinking Mind::thinking() const {
  const std::scoped_lock lock(thinking_mutex_);
  return thinking_;
}

void Mind::add(const Thinking& thinking) {
  const std::scoped_lock lock(thinking_mutex_);
  thinking_.examined += thinking.examined;
  thinking_.thoughts += thinking.thoughts;
  thinking_.gain_bits += thinking.gain_bits;
  thinking_.seconds += thinking.seconds;
  thinking_.rolled_back += thinking.rolled_back;
  for (const auto& [kind, count] : thinking.by_kind) thinking_.by_kind[kind] += count;
}

}  // namespace noema::reasoning
