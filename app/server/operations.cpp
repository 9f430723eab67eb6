// The operations: each calls an action and gives its JSON.

#include <fmt/format.h>

#include <algorithm>

#include "app/actions/ask.h"
#include "app/actions/excerpt.h"
#include "app/actions/facts.h"
#include "app/actions/neighbours.h"
#include "app/actions/query.h"
#include "app/actions/recall.h"
#include "app/actions/senses.h"
#include "app/actions/show.h"
#include "app/actions/status.h"
#include "app/actions/tell.h"
#include "app/actions/think.h"
#include "app/actions/thought_value.h"
#include "app/actions/undo.h"
#include "app/actions/why.h"
#include "app/lives.h"
#include "app/server/feeding.h"
#include "app/server/operation.h"
#include "base/time.h"

namespace noema::app {
namespace {

using nlohmann::json;
using nlohmann::ordered_json;

constexpr base::Range kPage{1, 200, true};
constexpr base::Range kCursor{0, 1e15, true};

// --- Lists --------------------------------------------------------------------------------------------------------

const Parameter kLimit{"limit", "integer", "The most entries to give", false, 50, kPage};
const Parameter kSince{"since", "string", "Only what was told at this time or later: ISO 8601"};
const Parameter kAfter{"cursor", "integer", "Where to go on: `next` of the answer before", false, 0, kCursor};

/// One page of a list that is all there: its entries, how many there are, and the cursor of the next page or null.
template <typename Value, typename Convert>
ordered_json page_of(const char* name, const std::vector<Value>& all, const json& arguments, const Convert& convert) {
  const auto begin = std::min(arguments.at("cursor").get<std::size_t>(), all.size());
  const auto end = std::min(begin + arguments.at("limit").get<std::size_t>(), all.size());
  ordered_json entries = ordered_json::array();
  for (std::size_t i = begin; i < end; ++i) entries.push_back(convert(all[i]));
  return {
      {name, entries}, {"total", all.size()}, {"next", end < all.size() ? ordered_json(end) : ordered_json(nullptr)}};
}

// --- Telling ------------------------------------------------------------------------------------------------------

std::optional<std::string> text_at(const json& object, const char* key) {
  const auto found = object.find(key);
  if (found == object.end() || found->is_null()) return std::nullopt;
  if (!found->is_string()) throw BadArguments(fmt::format("{}: expected a string, found {}", key, found->type_name()));
  return found->get<std::string>();
}

/// An input of {"text","id"?,"group"?,"speaker"?,"label"?,"time"?}.
memory::Input input_of(const json& object) {
  if (!object.is_object()) throw BadArguments("an input is a JSON object with a text");
  for (const auto& [key, value] : object.items())
    if (key != "text" && key != "id" && key != "group" && key != "speaker" && key != "label" && key != "time")
      throw BadArguments(fmt::format("an input has no '{}'; it has text, id, group, speaker, label and time", key));
  memory::Input input;
  const auto text = text_at(object, "text");
  if (!text) throw BadArguments("text is missing: what is told");
  input.text = *text;
  input.id = text_at(object, "id");
  input.group = text_at(object, "group").value_or("");
  input.speaker = text_at(object, "speaker");
  input.label = text_at(object, "label");
  input.source = "server";
  if (const auto time = object.find("time"); time != object.end() && !time->is_null())
    input.time = time->is_number() ? base::seconds_since_1970(time->get<double>())
                                   : base::parse_time(text_at(object, "time").value_or("")).seconds;
  return input;
}

ordered_json call_tell(LiveMind& mind, const json& arguments, const Calling&) {
  std::vector<memory::Input> inputs;
  if (arguments.contains("inputs")) {
    if (arguments.size() > 1) throw BadArguments("inputs and a text exclude each other; give one of them");
    if (arguments["inputs"].size() > kMostFed)
      throw BadArguments(fmt::format("inputs: {} at once, at most {} are taken", arguments["inputs"].size(), kMostFed));
    for (const json& one : arguments["inputs"]) inputs.push_back(input_of(one));
  } else {
    inputs.push_back(input_of(arguments));
  }
  ordered_json told = ordered_json::array();
  for (const Told& one : mind.tell(inputs)) told.push_back({{"episode", one.episode}, {"known", one.is_known}});
  return {{"told", told}};
}

/// Which inputs are asked about.
reasoning::RecallFilter filter_of(const json& arguments) {
  reasoning::RecallFilter filter;
  if (arguments.contains("group")) filter.group = arguments["group"].get<std::string>();
  if (arguments.contains("speaker")) filter.speaker = arguments["speaker"].get<std::string>();
  if (arguments.contains("since")) filter.since = base::parse_time(arguments["since"].get<std::string>()).seconds;
  return filter;
}

// --- Asking -------------------------------------------------------------------------------------------------------

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

ordered_json call_recall(LiveMind& mind, const json& arguments, const Calling&) {
  RecallRequest request;
  request.cue = arguments.at("cue");
  request.k = arguments.at("k");
  request.filter = filter_of(arguments);
  ordered_json hits = ordered_json::array();
  for (const RecallHit& hit : recall(mind.mind(), request).hits) hits.push_back(to_json(hit, hits.size() + 1));
  return {{"hits", hits}};
}

ordered_json call_facts(LiveMind& mind, const json& arguments, const Calling&) {
  const reasoning::MindView view = mind.view();
  const auto when = arguments.contains("as_of") ? as_of(view.life(), arguments["as_of"]) : reasoning::AsOf{};
  return page_of("facts", facts(view.life(), arguments.at("thing"), when), arguments,
                 [](const reasoning::KnownFact& fact) { return to_json(fact); });
}

ordered_json call_relations(LiveMind& mind, const json& arguments, const Calling&) {
  return page_of("relations", relations(mind.view().life()), arguments,
                 [](const reasoning::KnownRelation& relation) { return to_json(relation); });
}

ordered_json call_rules(LiveMind& mind, const json& arguments, const Calling&) {
  return page_of("rules", rules(mind.view().life()), arguments,
                 [](const reasoning::KnownRule& rule) { return to_json(rule); });
}

// --- The graph ----------------------------------------------------------------------------------------------------

ordered_json call_concept(LiveMind& mind, const json& arguments, const Calling&) {
  return to_json(show(mind.view(), arguments.at("concept")));
}

ordered_json call_neighbours(LiveMind& mind, const json& arguments, const Calling&) {
  return page_of("neighbours", neighbours(mind.view(), arguments.at("concept")), arguments,
                 [](const Neighbour& one) { return to_json(one); });
}

ordered_json call_graph(LiveMind& mind, const json& arguments, const Calling&) {
  ExcerptRequest request;
  request.most = arguments.at("limit");
  request.around = arguments.value("around", "");
  request.with_uninformative = arguments.at("all");
  request.least_count = arguments.at("least");
  return to_json(excerpt(mind.view(), request));
}

/// Reads the file, not the graph: telling and thinking need not wait for it. That a life has not thought about company
/// yet, or does not have the word, is an answer, and in the note.
ordered_json call_senses(LiveMind& mind, const json& arguments, const Calling&) {
  ordered_json senses = ordered_json::array(), note;
  try {
    const memory::Life life = open_to_read(mind.path());
    const auto words = words_of(life);
    SenseTeller teller(life, words, 1);
    const std::string word = arguments.at("word");
    for (const SenseValue& one :
         arguments.contains("sentence") ? teller.senses_in(word, arguments["sentence"]) : teller.senses(word))
      senses.push_back(to_json(one));
  } catch (const base::Error& error) {
    note = error.what();
  }
  return {{"senses", senses}, {"note", note}};
}

ordered_json call_why(LiveMind& mind, const json& arguments, const Calling&) {
  const reasoning::MindView view = mind.view();
  const Origin origin = why(view, arguments.at("concept"));
  ordered_json value = to_json(origin);
  value.update(page_of("thoughts", origin.thoughts, arguments, [](const ThoughtValue& one) { return to_json(one); }));
  return value;
}

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

ordered_json call_thought(LiveMind& mind, const json& arguments, const Calling&) {
  return to_json(thought_value_named(mind.view(), arguments.at("thought")));
}

ordered_json call_agenda(LiveMind& mind, const json& arguments, const Calling&) {
  const reasoning::MindView view = mind.view();
  const auto named = [&](const json& id) {
    const concepts::ConceptId node = id;
    return node < view.graph().size() ? to_json(named_concept(view.graph(), node)) : ordered_json(nullptr);
  };
  const json suggestions =
      json::from_cbor(view.thinker().agenda().state());  // best first: kind, subject, partner, bits
  ordered_json value = page_of("agenda", suggestions.get<std::vector<json>>(), arguments, [&](const json& one) {
    return ordered_json{
        {"kind", one[0]}, {"subject", named(one[1])}, {"partner", named(one[2])}, {"bits_expected", one[3]}};
  });
  value["thinks"] = mind.thinks();
  return value;
}

ordered_json call_query(LiveMind& mind, const json& arguments, const Calling& calling) {
  memory::QueryLimits limits;
  limits.rows = arguments.at("rows");
  limits.bytes = 4 * 1024 * 1024;
  limits.seconds = arguments.at("seconds");
  limits.stop = calling.stop;
  const patterns::Parameters parameters = arguments.value("parameters", patterns::Parameters());
  return to_json(ask_graph(mind.path(), arguments.at("sql"), parameters, limits));
}

ordered_json call_status(LiveMind& mind, const json&, const Calling&) { return to_json(status_of(mind.mind())); }

// --- Changing -----------------------------------------------------------------------------------------------------

ordered_json call_forget(LiveMind& mind, const json& arguments, const Calling&) {
  ForgottenValue value;
  mind.alone([&](reasoning::Mind& own) { value = forget(own, arguments.at("input"), arguments.at("group")); });
  return to_json(value);
}

ordered_json call_undo(LiveMind& mind, const json& arguments, const Calling&) {
  Undone undone;
  mind.alone([&](reasoning::Mind& own) { undone = undo(own, arguments.at("thought")); });
  return to_json(undone);
}

ordered_json call_background(LiveMind& mind, const json& arguments, const Calling&) {
  mind.let_think(arguments.at("thinks"));
  return {{"thinks", mind.thinks()}};
}

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

}  // namespace

const std::vector<Operation>& operations() {
  static const std::vector<Operation> all{
      {"status",
       "How large the life is, what it thinks about, and the hash of its graph.",
       {},
       {"life", "episodes", "concepts", "relations", "thoughts", "graph_hash"},
       call_status,
       true},
      {"tell",
       "Store an input (one line of text), or many in one batch: all of them or none. It is durable when this returns. "
       "An id that told the same text before stores nothing again.",
       {{"text", "string", "What is told"},
        {"id", "string", "The caller's own id, unique in its group"},
        {"group", "string", "The group to which it belongs"},
        {"speaker", "string", "Who says it"},
        {"label", "string", "A class that somebody named"},
        {"time", "string", "When it was: ISO 8601; now, if it is not given"},
        {"inputs", "array", "Instead of a text: up to 1000 inputs, each with a text and what is named above"}},
       {"told"},
       call_tell},
      {"feed",
       "Store lines of a file, empty ones too, and how far it was read, at once: all of it or nothing. `noema feed` "
       "sends them.",
       {{"inputs", "array",
         "Up to 1000 inputs: text, and id, group, speaker, label, answer, time, kind, source, line, part, begins_at",
         true},
        {"file", "object", "How far the file is read with them, as `feeds` gives it"}},
       {"told", "file"},
       call_feed,
       false,
       false},
      {"feeds",
       "How far files were fed: where a hash of their first lines is given, those that begin so; otherwise how many "
       "lines to look at next.",
       {{"format", "string", "The format of the lines", true},
        {"group", "string", "The group they were put into", false, ""},
        {"least", "integer", "The fewest lines", false, 0, kCursor},
        {"content_hash", "string", "Of the lines so far"}},
       {"files", "next_length"},
       call_feeds,
       true,
       false},
      {"recall",
       "The inputs that a cue calls up, best first.",
       {{"cue", "string", "A few words", true},
        {"k", "integer", "The most hits to give", false, 10, kPage},
        {"group", "string", "Only inputs of this group"},
        {"speaker", "string", "Only inputs of this speaker"},
        kSince},
       {"hits"},
       call_recall,
       true},
      {"ask",
       "The answer to a question, with its evidence and a confidence; null if the life abstains.",
       {{"question", "string", "The question, on one line", true},
        {"learn", "boolean", "Whether the question is stored as an input", false, true},
        {"as_of", "string", "What was known then: a time, or the number of an input"},
        {"group", "string", "Answer from inputs of this group alone"},
        {"speaker", "string", "Answer from what this speaker told alone"},
        kSince,
        {"is_right", "boolean", "Whether the answer that is given is right; the life learns from it"}},
       {"answer", "confidence", "evidence", "abstained"},
       call_ask},
      {"facts",
       "What is known of a thing, with dates and the inputs that told it.",
       {{"thing", "string", "The thing, as inputs call it", true},
        {"as_of", "string", "What was known then: a time, or the number of an input"},
        kLimit,
        kAfter},
       {"facts", "total", "next"},
       call_facts,
       true},
      {"relations",
       "The ways in which inputs say something of things, as thinking found them.",
       {kLimit, kAfter},
       {"relations", "total", "next"},
       call_relations,
       true},
      {"rules", "Which facts follow from others.", {kLimit, kAfter}, {"rules", "total", "next"}, call_rules, true},
      {"concept",
       "A concept: its forms, parts, wholes, categories, senses, and what stands before and after it.",
       {{"concept", "string", "concept:ID, or a label", true}},
       {"id", "kind", "label", "count"},
       call_concept,
       true},
      {"neighbours",
       "All concepts one edge away from a concept, the most frequent first.",
       {{"concept", "string", "concept:ID, or a label", true}, kLimit, kAfter},
       {"neighbours", "total", "next"},
       call_neighbours,
       true},
      {"graph",
       "The part of the graph that is worth drawing: the concepts that are mentioned most and tell something of what "
       "stands beside them, or what is one edge away from one of them, with the edges between them.",
       {{"limit", "integer", "The most concepts to give", false, 100, {1, 20000, true}},
        {"around", "string", "concept:ID, or a label: only what is one edge away from it"},
        {"all", "boolean", "Also concepts beside which anything may stand", false, false},
        {"least", "integer", "Only concepts with so many mentions", false, 1, kCursor}},
       {"concepts", "edges", "total"},
       call_graph,
       true},
      {"senses",
       "The senses of a word with examples, as its mentions tell them apart; of a sentence the sense of each mention.",
       {{"word", "string", "The word, or several that stand together", true},
        {"sentence", "string", "A sentence with the word"}},
       {"senses", "note"},
       call_senses,
       true},
      {"why",
       "How a concept came to be: the thoughts about it, with their evidence, back to the first inputs.",
       {{"concept", "string", "concept:ID, or a label", true}, kLimit, kAfter},
       {"id", "label", "first_inputs", "thoughts", "total", "next"},
       call_why,
       true},
      {"thoughts",
       "What was thought, the newest first, with gain, reason and evidence.",
       {{"limit", "integer", "The most entries to give", false, 20, kPage}, kAfter},
       {"thoughts", "total", "next"},
       call_thoughts,
       true},
      {"thought",
       "One thought, with gain, reason and evidence.",
       {{"thought", "string", "thought:N", true}},
       {"thought", "kind", "told", "reason", "evidence"},
       call_thought,
       true},
      {"agenda",
       "What thinking examines next, the most promising first, and whether the life thinks in the background.",
       {kLimit, kAfter},
       {"agenda", "total", "next", "thinks"},
       call_agenda,
       true},
      {"query",
       "Ask the graph in SQL or by a pattern, read only (docs/queries.md, docs/patterns.md).",
       {{"sql", "string",
         "One SELECT over the views concept, relation, fact, thought, episode ..., or a pattern: MATCH (a:Concept "
         "{label: $word})-[r]-(b) RETURN type(r), b.label",
         true},
        {"parameters", "object", "Values for $name in the query, by name"},
        {"rows", "integer", "The most rows to give", false, 200, {1, 10000, true}},
        {"seconds", "number", "Refuse a query that takes longer", false, 10, {0, 60, false, true}}},
       {"columns", "rows", "cut"},
       call_query,
       true},
      {"forget",
       "Withdraw an input: what it told is no longer known. `undo` of the thought takes it back.",
       {{"input", "string", "The number of the input, or its id in the group", true},
        {"group", "string", "The group of the id", false, ""}},
       {"episode", "text", "thought"},
       call_forget},
      {"undo",
       "Take back a thought on which no later one stands.",
       {{"thought", "string", "thought:N", true}},
       {"undone", "concepts", "graph_hash"},
       call_undo},
      {"background",
       "Let the life think in the background from now on, or not.",
       {{"thinks", "boolean", "Whether it thinks", true}},
       {"thinks"},
       call_background},
      {"think",
       "Think for so many seconds, or until nothing is left to examine.",
       {{"seconds", "number", "The most seconds to think; telling waits for it", false, 2, {0, 10, false, true}},
        {"thoughts", "integer", "Stop after so many thoughts; 0 for no bound", false, 0, {0, 1e15, true}}},
       {"thoughts", "by_kind", "gain_bits", "seconds", "concepts_before", "concepts_after"},
       call_think},
  };
  return all;
}

}  // namespace noema::app
