// What SQL finds is what a plain search finds: patterns drawn at random, on graphs drawn at random.

#include <catch2/catch.hpp>
#include <functional>
#include <map>
#include <set>

#include "app/actions/query.h"
#include "base/rng.h"
#include "tests/memory/support.h"

using namespace noema;

namespace {

enum class Way { kRight, kLeft, kBoth };

struct Relation {
  std::string type;
  std::size_t from = 0, to = 0;
};

/// Senses that follow each other, and composites of two of them. No relation leads from a node to itself.
struct RandomGraph {
  static constexpr std::size_t kSenses = 7, kComposites = 4;
  std::vector<std::string> labels{""};  // of node 1, 2 ...
  std::vector<Relation> relations;
  memory::TempFolder folder;
  std::string path = (folder / "random.life").string();

  explicit RandomGraph(std::uint64_t seed) {
    base::Rng rng(seed);
    std::vector<memory::ConceptRow> rows;
    for (std::size_t id = 1; id <= kSenses + kComposites; ++id) {
      memory::ConceptRow row = memory::concept_row(static_cast<memory::ConceptId>(id), "n" + std::to_string(id));
      row.kind = id <= kSenses ? "sense" : "composite";
      row.count = static_cast<std::int64_t>(id);
      row.details = R"({"active":true})";
      labels.push_back(id <= kSenses ? "Sense" : "Composite");
      if (id > kSenses) add_parts(row, id, rng);
      for (std::size_t next = 1; next <= kSenses + kComposites; ++next)
        if (next != id && rng.uniform() < 0.2) {
          row.follows.push_back({static_cast<memory::ConceptId>(next), 1 + static_cast<std::int64_t>(rng.below(4))});
          relations.push_back({"FOLLOWS", id, next});
        }
      rows.push_back(std::move(row));
    }
    memory::Life life = memory::Life::create(path, memory::small_options());
    life.write_checkpoint(0, [&](memory::CheckpointWriter& writer) {
      for (const auto& row : rows) writer.put(row);
    });
    life.commit();
  }

  void add_parts(memory::ConceptRow& row, std::size_t id, base::Rng& rng) {
    const std::size_t first = 1 + rng.below(kSenses);
    const std::size_t second = 1 + (first + rng.below(kSenses - 1)) % kSenses;  // another one
    for (const std::size_t part : {first, second}) {
      row.parts.push_back(static_cast<memory::ConceptId>(part));
      relations.push_back({"PART_OF", part, id});
    }
  }
};

struct Step {
  std::set<std::string> types;
  Way way = Way::kRight;
  std::size_t most = 1;  ///< of a length from 1
};

/// (n0) step (n1) step (n2) ...; nodes of one variable are the same node.
struct Path {
  std::vector<std::string> variables, labels;  ///< "Concept": any
  std::vector<Step> steps;

  explicit Path(base::Rng& rng) {
    const std::size_t length = 1 + rng.below(3);
    for (std::size_t i = 0; i <= length; ++i) {
      variables.push_back(std::string(1, "abcdef"[rng.below(6)]));
      labels.push_back(std::vector<std::string>{"Concept", "Sense", "Composite"}[rng.below(3)]);
      // A variable means one node, which has all labels that are given to it; one label each is enough here.
      for (std::size_t k = 0; k < i; ++k)
        if (variables[k] == variables[i]) labels[i] = labels[k];
    }
    for (std::size_t i = 0; i < length; ++i) {
      Step step;
      step.way = static_cast<Way>(rng.below(3));
      const std::size_t which = rng.below(3);
      if (which != 0) step.types.insert("FOLLOWS");
      if (which != 1) step.types.insert("PART_OF");
      if (rng.uniform() < 0.25) step.most = 2;
      steps.push_back(std::move(step));
    }
  }

  std::string text() const {
    std::string text = "MATCH (" + variables[0] + ":" + labels[0] + ")";
    for (std::size_t i = 0; i < steps.size(); ++i) {
      std::string types;
      for (const std::string& type : steps[i].types) types += (types.empty() ? ":" : "|") + type;
      const std::string range = steps[i].most > 1 ? "*1.." + std::to_string(steps[i].most) : "";
      text += std::string(steps[i].way == Way::kLeft ? "<-[" : "-[") + types + range +
              (steps[i].way == Way::kRight ? "]->(" : "]-(") + variables[i + 1] + ":" + labels[i + 1] + ")";
    }
    return text + " RETURN count(*) AS n";
  }
};

/// How many ways a path lies in a graph, each relation used once in a way. Tries everything.
std::size_t plain_count(const RandomGraph& graph, const Path& path) {
  std::map<std::string, std::size_t> bound;
  std::set<std::size_t> used;
  const std::function<std::size_t(std::size_t, std::size_t)> from_node = [&](std::size_t place, std::size_t node) {
    if (path.labels[place] != "Concept" && path.labels[place] != graph.labels[node]) return std::size_t{0};
    const auto [entry, is_new] = bound.try_emplace(path.variables[place], node);
    std::size_t found = 0;
    if (entry->second == node) {
      const std::function<std::size_t(std::size_t, std::size_t)> walk = [&](std::size_t at, std::size_t length) {
        std::size_t ways = 0;
        const Step& step = path.steps[place];
        for (std::size_t i = 0; i < graph.relations.size(); ++i) {
          const Relation& relation = graph.relations[i];
          if (!step.types.contains(relation.type) || used.contains(i)) continue;
          for (const bool is_right : {true, false}) {
            if (step.way == (is_right ? Way::kLeft : Way::kRight)) continue;
            if ((is_right ? relation.from : relation.to) != at) continue;
            const std::size_t next = is_right ? relation.to : relation.from;
            used.insert(i);
            ways += from_node(place + 1, next);
            if (length < step.most) ways += walk(next, length + 1);
            used.erase(i);
          }
        }
        return ways;
      };
      found = place == path.steps.size() ? 1 : walk(node, 1);
    }
    if (is_new) bound.erase(path.variables[place]);
    return found;
  };
  std::size_t all = 0;
  for (std::size_t node = 1; node < graph.labels.size(); ++node) all += from_node(0, node);
  return all;
}

}  // namespace

TEST_CASE("a pattern is found as often as a plain search finds it") {
  std::size_t found = 0, empty = 0;
  for (const std::uint64_t seed : {1, 2, 3}) {
    const RandomGraph graph(seed);
    base::Rng rng(100 + seed);
    for (int i = 0; i < 60; ++i) {
      const Path path(rng);
      INFO(path.text());
      const std::size_t expected = plain_count(graph, path);
      const app::Answered answered = app::ask_graph(graph.path, path.text(), {}, {});
      REQUIRE(answered.answer.rows.size() == 1);
      CHECK(to_json(answered, answered.answer.rows[0])["n"] == expected);
      ++(expected > 0 ? found : empty);
    }
  }
  CHECK(found > 60);
  CHECK(empty > 10);
}
