// Operations by which a life is asked: what it recalls, answers, and knows to be so.

#include "app/actions/ask.h"
#include "app/actions/facts.h"
#include "app/actions/recall.h"
#include "app/server/operations/lists.h"
#include "base/time.h"

namespace noema::app {
namespace {

using nlohmann::json;
using nlohmann::ordered_json;

const Parameter kSince{"since", "string", "Only what was told at this time or later: ISO 8601"};

/// Which inputs are asked about.
reasoning::RecallFilter filter_of(const json& arguments) {
  reasoning::RecallFilter filter;
  if (arguments.contains("group")) filter.group = arguments["group"].get<std::string>();
  if (arguments.contains("speaker")) filter.speaker = arguments["speaker"].get<std::string>();
  if (arguments.contains("since")) filter.since = base::parse_time(arguments["since"].get<std::string>()).seconds;
  return filter;
}

ordered_json call_recall(LiveMind& mind, const json& arguments, const Calling& calling) {
  RecallRequest request;
  request.cue = arguments.at("cue");
  request.k = arguments.at("k");
  request.filter = filter_of(arguments);
  return as_asked(mind, arguments, calling, [&](reasoning::Mind& own) {
    ordered_json hits = ordered_json::array();
    for (const RecallHit& hit : recall(own, request).hits) hits.push_back(to_json(hit, hits.size() + 1));
    return ordered_json{{"hits", hits}};
  });
}

const Operation kRecall{"recall",
                        "The inputs that a cue calls up, best first.",
                        {{"cue", "string", "A few words", true},
                         {"k", "integer", "The most hits to give", false, 10, kPage},
                         {"group", "string", "Only inputs of this group"},
                         {"speaker", "string", "Only inputs of this speaker"},
                         kSince,
                         kAsOf},
                        {"hits"},
                        call_recall,
                        true};

ordered_json call_ask(LiveMind& mind, const json& arguments, const Calling&) {
  AskRequest request;
  request.question = arguments.at("question");
  request.learn = arguments.at("learn");
  request.filter = filter_of(arguments);
  if (arguments.contains("is_right")) request.is_right = arguments["is_right"].get<bool>();
  if (request.question.find('\n') != std::string::npos) throw BadArguments("question: it has more than one line");
  if (arguments.contains("as_of")) {
    request.as_of = as_of(mind.view().life(), arguments["as_of"]);
    request.learn = false;
  }
  if (!request.learn && !request.is_right) return to_json(ask(mind.mind(), request));
  AskValue value;
  mind.write([&](reasoning::Mind& own) { value = ask(own, request); });
  return to_json(value);
}

const Operation kAsk{"ask",
                     "The answer to a question, with its evidence and a confidence; null if the life abstains.",
                     {{"question", "string", "The question, on one line", true},
                      {"learn", "boolean", "Whether the question is stored as an input", false, true},
                      {"as_of", "string", "What was known then: a time, or the number of an input"},
                      {"group", "string", "Answer from inputs of this group alone"},
                      {"speaker", "string", "Answer from what this speaker told alone"},
                      kSince,
                      {"is_right", "boolean", "Whether the answer that is given is right; the life learns from it"}},
                     {"answer", "confidence", "evidence", "abstained"},
                     call_ask};

ordered_json call_facts(LiveMind& mind, const json& arguments, const Calling&) {
  const auto when = arguments.contains("as_of") ? as_of(mind.view().life(), arguments["as_of"]) : reasoning::AsOf{};
  return page_of("facts", facts(mind.mind(), arguments.at("thing"), when), arguments,
                 [](const reasoning::KnownFact& fact) { return to_json(fact); });
}

const Operation kFacts{"facts",
                       "What is known of a thing, with dates and the inputs that told it.",
                       {{"thing", "string", "The thing, as inputs call it", true},
                        {"as_of", "string", "What was known then: a time, or the number of an input"},
                        kLimit,
                        kAfter},
                       {"facts", "total", "next"},
                       call_facts,
                       true};

ordered_json call_relations(LiveMind& mind, const json& arguments, const Calling&) {
  return page_of("relations", relations(mind.mind()), arguments,
                 [](const reasoning::KnownRelation& relation) { return to_json(relation); });
}

const Operation kRelations{
    "relations",      "The ways in which inputs say something of things, as thinking found them.",
    {kLimit, kAfter}, {"relations", "total", "next"},
    call_relations,   true};

ordered_json call_rules(LiveMind& mind, const json& arguments, const Calling&) {
  return page_of("rules", rules(mind.mind()), arguments,
                 [](const reasoning::KnownRule& rule) { return to_json(rule); });
}

const Operation kRules{
    "rules", "Which facts follow from others.", {kLimit, kAfter}, {"rules", "total", "next"}, call_rules, true};

}  // namespace

std::vector<Operation> operations_of_asking() { return {kRecall, kAsk, kFacts, kRelations, kRules}; }

}  // namespace noema::app
