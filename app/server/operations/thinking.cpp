// Operations on thoughts: what was thought and is next, thinking, taking back.

#include <fmt/format.h>

#include <algorithm>

#include "app/actions/keep.h"
#include "app/actions/think.h"
#include "app/actions/thought_value.h"
#include "app/actions/undo.h"
#include "app/actions/why.h"
#include "app/server/operations/lists.h"

namespace noema::app {
namespace {

using nlohmann::json;
using nlohmann::ordered_json;

ordered_json call_why(LiveMind& mind, const json& arguments, const Calling&) {
  const reasoning::MindView view = mind.view();
  const Origin origin = why(view, arguments.at("concept"));
  ordered_json value = to_json(origin);
  value.update(page_of("thoughts", origin.thoughts, arguments, [](const ThoughtValue& one) { return to_json(one); }));
  return value;
}

const Operation kWhy{"why",
                     "How a concept came to be: the thoughts about it, with their evidence, back to the first inputs.",
                     {{"concept", "string", "concept:ID, or a label", true}, kLimit, kAfter},
                     {"id", "label", "first_inputs", "thoughts", "total", "next"},
                     call_why,
                     true};

ordered_json call_thoughts(LiveMind& mind, const json& arguments, const Calling&) {
  const reasoning::MindView view = mind.view();
  const auto total = view.life().counts().thoughts;
  const auto cursor = arguments.at("cursor").get<memory::ThoughtId>();
  memory::ThoughtId id = cursor == 0 ? total : std::min(cursor, total);
  ordered_json thoughts = ordered_json::array();
  for (auto left = arguments.at("limit").get<int>(); id > 0 && left > 0; --id, --left)
    if (const auto row = view.life().thoughts().find(id)) thoughts.push_back(to_json(thought_value(view, *row)));
  return {{"thoughts", thoughts}, {"total", total}, {"next", id > 0 ? ordered_json(id) : ordered_json(nullptr)}};
}

const Operation kThoughts{"thoughts",
                          "What was thought, the newest first, with gain, reason and evidence.",
                          {{"limit", "integer", "The most entries to give", false, 20, kPage}, kAfter},
                          {"thoughts", "total", "next"},
                          call_thoughts,
                          true};

ordered_json call_thought(LiveMind& mind, const json& arguments, const Calling& calling) {
  return as_asked(mind, arguments, calling, [&](reasoning::Mind& own) {
    return to_json(thought_value_named(own.view(), arguments.at("thought")));
  });
}

const Operation kThought{"thought",
                         "One thought, with gain, reason and evidence.",
                         {{"thought", "string", "thought:N", true}, kAsOf},
                         {"thought", "kind", "told", "reason", "evidence"},
                         call_thought,
                         true};

ordered_json call_agenda(LiveMind& mind, const json& arguments, const Calling&) {
  const reasoning::MindView view = mind.view();
  const auto named = [&](concepts::ConceptId node) {
    return node < view.graph().size() ? to_json(named_concept(view.graph(), node)) : ordered_json(nullptr);
  };
  const std::vector<reasoning::Suggestion> suggestions = view.thinker().agenda().suggestions();
  ordered_json value = page_of("agenda", suggestions, arguments, [&](const reasoning::Suggestion& one) {
    return ordered_json{{"kind", one.kind->name()},
                        {"subject", named(one.subject)},
                        {"partner", named(one.partner)},
                        {"bits_expected", one.priority}};
  });
  value["thinks"] = mind.thinks();
  return value;
}

const Operation kAgenda{
    "agenda",
    "What thinking examines next, the most promising first, and whether the life thinks in the background.",
    {kLimit, kAfter},
    {"agenda", "total", "next", "thinks"},
    call_agenda,
    true};

ordered_json call_undo(LiveMind& mind, const json& arguments, const Calling&) {
  Undone undone;
  mind.alone([&](reasoning::Mind& own) { undone = undo(own, arguments.at("thought")); });
  return to_json(undone);
}

const Operation kUndo{"undo",
                      "Take back a thought on which no later one stands.",
                      {{"thought", "string", "thought:N", true}},
                      {"undone", "concepts", "graph_hash"},
                      call_undo};

ordered_json call_keep(LiveMind& mind, const json& arguments, const Calling&) {
  Kept kept;
  mind.alone([&](reasoning::Mind& own) { kept = keep(own, arguments.at("concept")); });
  return to_json(kept);
}

const Operation kKeep{
    "keep",
    "Keep a concept that thinking made: no thought dissolves it any more, until `undo` of the thought "
    "that this gives.",
    {{"concept", "string", "concept:ID, or a label", true}},
    {"id", "label", "thought"},
    call_keep};

ordered_json call_background(LiveMind& mind, const json& arguments, const Calling&) {
  mind.let_think(arguments.at("thinks"));
  return {{"thinks", mind.thinks()}};
}

const Operation kBackground{"background",
                            "Let the life think in the background from now on, or not.",
                            {{"thinks", "boolean", "Whether it thinks", true}},
                            {"thinks"},
                            call_background};

/// What was thought since `before`.
reasoning::Thinking since(const reasoning::Thinking& before, reasoning::Thinking now) {
  now.examined -= before.examined;
  now.thoughts -= before.thoughts;
  now.gain_bits -= before.gain_bits;
  now.rolled_back -= before.rolled_back;
  for (const auto& [kind, count] : before.by_kind) now.by_kind[kind] -= count;
  std::erase_if(now.by_kind, [](const auto& one) { return one.second == 0; });
  return now;
}

ordered_json call_think(LiveMind& mind, const json& arguments, const Calling& calling) {
  ThinkRequest request;
  request.seconds = arguments.at("seconds");
  request.no_consolidate = true;
  ThinkValue value;
  const base::Stopwatch begun;
  mind.alone([&](reasoning::Mind& own) {
    const auto before = own.thinking();
    if (const auto most = arguments.at("thoughts").get<std::uint64_t>()) request.thoughts = before.thoughts + most;
    value = think(own, request, begun, [&](double share, std::uint64_t thoughts) {
      if (calling.progress) calling.progress(share, fmt::format("{} thoughts", thoughts));
      return !calling.stop.stop_requested();
    });
    value.thinking = since(before, value.thinking);
  });
  return to_json(value);
}

const Operation kThink{
    "think",
    "Think for so many seconds, or until nothing is left to examine.",
    {{"seconds", "number", "The most seconds to think; telling waits for it", false, 2, {0, 10, false, true}},
     {"thoughts", "integer", "Stop after so many thoughts; 0 for no bound", false, 0, {0, 1e15, true}}},
    {"thoughts", "by_kind", "gain_bits", "seconds", "concepts_before", "concepts_after"},
    call_think};

}  // namespace

std::vector<Operation> operations_of_thinking() {
  return {kWhy, kThoughts, kThought, kAgenda, kUndo, kKeep, kBackground, kThink};
}

}  // namespace noema::app
