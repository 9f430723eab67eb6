#include "app/actions/think.h"

#include <algorithm>

#include "base/failure_context.h"

namespace noema::app {
namespace {

std::size_t concepts_in(const reasoning::Mind& mind) { return mind.view().graph().concepts(); }

}  // namespace

ThinkValue think(reasoning::Mind& mind, const ThinkRequest& request, const base::Stopwatch& since,
                 const std::function<bool(double, std::uint64_t)>& keep_on) {
  const base::FailureContext context("thinking");
  constexpr std::uint64_t kRound = 256;  // suggestions between two commits
  // Writing the checkpoint takes about as long as opening the life took; both count as part of the given time.
  const double given = request.seconds - std::min(since.seconds(), request.seconds / 4);
  ThinkValue value;
  mind.think_after_inputs(0);
  value.concepts_before = concepts_in(mind);
  const auto going = [&] {
    return keep_on(request.seconds > 0 ? since.seconds() / given : 0, mind.thinking().thoughts) &&
           (request.seconds == 0 || since.seconds() < given);
  };
  const auto left = [&] { return request.seconds > 0 ? std::max(1e-3, given - since.seconds()) : 0.0; };
  if (request.consolidate) mind.consolidate(*request.consolidate, left(), going);
  // If a time is given, practice takes at most half of it and comes first; otherwise it comes when no thought is left.
  const auto practise = [&](double seconds) {
    if (request.consolidate || request.no_consolidate || !mind.consolidation_due()) return false;
    mind.consolidate(std::nullopt, seconds, going);
    mind.commit();
    return true;
  };
  // If a time is given, what is so takes at most half of what is left of it, so that the other questions get theirs.
  const double facts_until = since.seconds() + left() / 2;
  mind.think_of_facts([&] { return going() && (request.seconds == 0 || since.seconds() < facts_until); });
  value.wholes = mind.think_of_wholes(left(), going);
  value.company = mind.think_of_company(left(), going);
  value.topics = mind.think_of_topics(left(), going);
  mind.commit();
  if (request.seconds > 0) practise(left() / 2);
  while (going() && (request.thoughts == 0 || mind.thinking().thoughts < request.thoughts)) {
    const reasoning::Thinking round = mind.think(request.thoughts > 0 ? 1 : kRound, going);
    if (round.examined == 0 && !practise(left())) break;
    mind.commit();
  }
  mind.checkpoint();
  value.thinking = mind.thinking();
  value.seconds = since.seconds();
  value.concepts_after = concepts_in(mind);
  return value;
}

nlohmann::ordered_json to_json(const ThinkValue& value) {
  nlohmann::ordered_json kinds = nlohmann::ordered_json::object();
  for (const auto& [kind, count] : value.thinking.by_kind) kinds[kind] = count;
  return {{"thoughts", value.thinking.thoughts},
          {"by_kind", kinds},
          {"examined", value.thinking.examined},
          {"rolled_back", value.thinking.rolled_back},
          {"gain_bits", value.thinking.gain_bits},
          {"seconds", value.seconds},
          {"concepts_before", value.concepts_before},
          {"concepts_after", value.concepts_after},
          {"company", value.company},
          {"topics", value.topics},
          {"wholes", value.wholes}};
}

ThinkValue think_value_of(const nlohmann::json& object) {
  ThinkValue value;
  object.at("thoughts").get_to(value.thinking.thoughts);
  for (const auto& [kind, count] : object.at("by_kind").items()) value.thinking.by_kind[kind] = count;
  object.at("examined").get_to(value.thinking.examined);
  object.at("rolled_back").get_to(value.thinking.rolled_back);
  object.at("gain_bits").get_to(value.thinking.gain_bits);
  object.at("seconds").get_to(value.seconds);
  object.at("concepts_before").get_to(value.concepts_before);
  object.at("concepts_after").get_to(value.concepts_after);
  object.at("company").get_to(value.company);
  object.at("topics").get_to(value.topics);
  object.at("wholes").get_to(value.wholes);
  return value;
}

void add(ThinkValue& all, const ThinkValue& more) {
  all.thinking.thoughts += more.thinking.thoughts;
  for (const auto& [kind, count] : more.thinking.by_kind) all.thinking.by_kind[kind] += count;
  all.thinking.examined += more.thinking.examined;
  all.thinking.rolled_back += more.thinking.rolled_back;
  all.thinking.gain_bits += more.thinking.gain_bits;
  all.seconds += more.seconds;
  all.concepts_after = more.concepts_after;
  all.company = all.company || more.company;
  all.topics = all.topics || more.topics;
  all.wholes = all.wholes || more.wholes;
}

}  // namespace noema::app
