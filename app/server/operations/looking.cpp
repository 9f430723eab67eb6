// Operations that look into a life: counts, concepts, what is drawn, senses, queries.

#include "app/actions/excerpt.h"
#include "app/actions/list_concepts.h"
#include "app/actions/neighbours.h"
#include "app/actions/query.h"
#include "app/actions/senses.h"
#include "app/actions/show.h"
#include "app/actions/status.h"
#include "app/lives.h"
#include "app/server/operations/lists.h"

namespace noema::app {
namespace {

using nlohmann::json;
using nlohmann::ordered_json;

ordered_json call_status(LiveMind& mind, const json&, const Calling&) { return to_json(status_of(mind.mind())); }

const Operation kStatus{"status",    "How large the life is, what it thinks about, and the hash of its graph.",
                        {},          {"life", "episodes", "concepts", "relations", "thoughts", "graph_hash"},
                        call_status, true};

ordered_json call_concepts(LiveMind& mind, const json& arguments, const Calling&) {
  const ConceptList list = list_concepts(
      mind.view(), {arguments.value("kind", ""), arguments.at("top"), arguments.at("all"), arguments.at("kept")});
  ordered_json page =
      page_of("concepts", list.concepts, arguments, [](const ListedConcept& one) { return to_json(one); });
  page["total"] = list.total;
  page["uninformative"] = list.uninformative;
  return page;
}

const Operation kConcepts{
    "concepts",
    "The concepts that thinking made, best first: by the bits that each really saves in the code of everything that is "
    "attached, or where that is not known by what its thought claimed.",
    {{"kind", "string", "Only composite, schema, sense, category or topic"},
     {"all", "boolean", "Also concepts beside which almost anything stands", false, false},
     {"kept", "boolean", "Also those that a person keeps", false, true},
     {"top", "integer", "Look at so many, the best first", false, 200, {1, 1000000, true}},
     kLimit,
     kAfter},
    {"concepts", "total", "next", "uninformative"},
    call_concepts,
    true};

ordered_json call_concept(LiveMind& mind, const json& arguments, const Calling& calling) {
  return as_asked(mind, arguments, calling,
                  [&](reasoning::Mind& own) { return to_json(show(own.view(), arguments.at("concept"))); });
}

const Operation kConcept{
    "concept",
    "A concept: its forms, parts, wholes, categories, senses, and what stands before and after it.",
    {{"concept", "string", "concept:ID, or a label", true}, kAsOf},
    {"id", "kind", "label", "count"},
    call_concept,
    true};

ordered_json call_neighbours(LiveMind& mind, const json& arguments, const Calling&) {
  return page_of("neighbours", neighbours(mind.view(), arguments.at("concept")), arguments,
                 [](const Neighbour& one) { return to_json(one); });
}

const Operation kNeighbours{"neighbours",
                            "All concepts one edge away from a concept, the most frequent first.",
                            {{"concept", "string", "concept:ID, or a label", true}, kLimit, kAfter},
                            {"neighbours", "total", "next"},
                            call_neighbours,
                            true};

ordered_json call_graph(LiveMind& mind, const json& arguments, const Calling& calling) {
  ExcerptRequest request;
  request.most = arguments.at("limit");
  request.around = arguments.value("around", "");
  request.with_uninformative = arguments.at("all");
  request.least_count = arguments.at("least");
  return as_asked(mind, arguments, calling,
                  [&](reasoning::Mind& own) { return to_json(excerpt(own.view(), request)); });
}

const Operation kGraph{
    "graph",
    "The part of the graph that is worth drawing: the concepts that are mentioned most and tell something of what "
    "stands beside them, or what is one edge away from one of them, with the edges between them.",
    {{"limit", "integer", "The most concepts to give", false, 100, {1, 20000, true}},
     {"around", "string", "concept:ID, or a label: only what is one edge away from it"},
     {"all", "boolean", "Also concepts beside which anything may stand", false, false},
     {"least", "integer", "Only concepts with so many mentions", false, 1, kCursor},
     kAsOf},
    {"concepts", "edges", "total"},
    call_graph,
    true};

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

const Operation kSenses{
    "senses",
    "The senses of a word with examples, as its mentions tell them apart; of a sentence the sense of each mention.",
    {{"word", "string", "The word, or several that stand together", true},
     {"sentence", "string", "A sentence with the word"}},
    {"senses", "note"},
    call_senses,
    true};

ordered_json call_query(LiveMind& mind, const json& arguments, const Calling& calling) {
  memory::QueryLimits limits;
  limits.rows = arguments.at("rows");
  limits.bytes = 4 * 1024 * 1024;
  limits.seconds = arguments.at("seconds");
  limits.stop = calling.stop;
  const patterns::Parameters parameters = arguments.value("parameters", patterns::Parameters());
  const auto past = arguments.contains("as_of") ? mind.past().at(arguments["as_of"], calling.stop)
                                                : std::shared_ptr<const LifeAsOf>();
  return to_json(ask_graph(past ? past->path() : mind.path(), arguments.at("sql"), parameters, limits));
}

const Operation kQuery{
    "query",
    "Ask the graph in SQL or by a pattern, read only (docs/queries.md, docs/patterns.md).",
    {{"sql", "string",
      "One SELECT over the views concept, relation, fact, thought, episode ..., or a pattern: MATCH (a:Concept "
      "{label: $word})-[r]-(b) RETURN type(r), b.label",
      true},
     {"parameters", "object", "Values for $name in the query, by name"},
     {"rows", "integer", "The most rows to give", false, 200, {1, 10000, true}},
     {"seconds", "number", "Refuse a query that takes longer", false, 10, {0, 60, false, true}},
     kAsOf},
    {"columns", "rows", "cut"},
    call_query,
    true};

}  // namespace

std::vector<Operation> operations_of_looking() {
  return {kStatus, kConcepts, kConcept, kNeighbours, kGraph, kSenses, kQuery};
}

}  // namespace noema::app
