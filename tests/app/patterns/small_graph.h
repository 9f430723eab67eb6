#pragma once
// A life whose graph is known to the last relation, for the tests of patterns. It is written row by row:
//
//   red (4) -FOLLOWS 3-> fox (3) -FOLLOWS 2-> den (2) -FOLLOWS-> the end of a line;  red -FOLLOWS 1-> hen (1)
//   fox -FOLLOWS 1-> fox;  red, fox -PART_OF-> red fox (3);  red fox, den -PART_OF-> red fox den (2)
//   fox, hen -INSTANCE_OF-> {fox} (5);  owl (7) stands alone
//   facts: fox lives in den (told by 1), fox eats hen (2), hen lives in barn (2, until 3)

#include <string>

#include "app/actions/query.h"
#include "base/error.h"
#include "tests/memory/support.h"

namespace noema::tests {

struct SmallGraph {
  memory::TempFolder folder;
  std::string path = (folder / "small.life").string();

  SmallGraph() {
    memory::Life life = memory::Life::create(path, memory::small_options());
    const auto tell = [&](const std::string& text, std::vector<memory::ConceptId> concepts, const char* speaker) {
      memory::EpisodeRow row = memory::episode_row(text, std::move(concepts));
      row.speaker = speaker;
      life.append(row, text);
    };
    tell("red fox den", {1, 2, 3}, "Ann");
    tell("red hen", {1, 4}, "Bob");
    tell("fox fox", {2, 2}, "Ann");
    memory::ThoughtRow thought = memory::thought_row({1, 2}, 5);
    thought.kind = "compose";
    thought.evidence = {1, 3};
    life.append(thought);
    life.write_checkpoint(4, [](memory::CheckpointWriter& writer) { put_concepts(writer); });
    life.put_known({{"fox", "X lives in Y", "den", 1, 0, {1}},
                    {"fox", "X eats Y", "hen", 2, 0, {2}},
                    {"hen", "X lives in Y", "barn", 2, 3, {2}}},
                   {{"X is Y", {"X eats Z"}, 7, 1}});
    life.commit();
  }

  static memory::ConceptRow row(memory::ConceptId id, const char* label, std::int64_t count,
                                const char* kind = "sense") {
    memory::ConceptRow row = memory::concept_row(id, label);
    row.kind = kind;
    row.count = count;
    row.forms = {{label, count}};
    row.details = R"({"active":true})";
    return row;
  }

  static void put_concepts(memory::CheckpointWriter& writer) {
    memory::ConceptRow red = row(1, "red", 4), fox = row(2, "fox", 3), den = row(3, "den", 2), hen = row(4, "hen", 1);
    red.follows = {{2, 3}, {4, 1}};
    fox.follows = {{2, 1}, {3, 2}};
    den.follows = {{0, 2}};
    fox.relations = hen.relations = {{"instance-of", 7, {}}};
    memory::ConceptRow red_fox = row(5, "red fox", 3, "composite"), whole = row(6, "red fox den", 2, "composite");
    red_fox.parts = {1, 2};
    whole.parts = {5, 3};
    for (const auto& one : {red, fox, den, hen, red_fox, whole, row(7, "{fox}", 5, "category"), row(8, "owl", 7)})
      writer.put(one);
  }

  app::Answered ask(const std::string& pattern, const app::patterns::Parameters& parameters = {}) const {
    return app::ask_graph(path, pattern, parameters, {});
  }

  /// The rows' values as JSON arrays, one behind the other: ["red",4]["fox",3].
  std::string operator()(const std::string& pattern, const app::patterns::Parameters& parameters = {}) const {
    const app::Answered answered = ask(pattern, parameters);
    std::string rows;
    for (const auto& one : answered.answer.rows) {
      nlohmann::ordered_json values = nlohmann::ordered_json::array();
      const auto object = to_json(answered, one);
      for (const auto& [name, value] : object.items()) values.push_back(value);
      rows += values.dump();
    }
    return rows;
  }

  std::string refused(const std::string& pattern, const app::patterns::Parameters& parameters = {}) const {
    return memory::error_of([&] { ask(pattern, parameters); });
  }
};

}  // namespace noema::tests
