#include "reasoning/past.h"

#include <catch2/catch.hpp>
#include <set>

#include "base/error.h"
#include "reasoning/replay.h"
#include "reasoning/taught.h"
#include "tests/reasoning/writings.h"

using namespace noema;
using namespace noema::tests;
using reasoning::Mind;

namespace {

const std::string kComposed = "café", kDecomposed = "cafe\u0301";

Mind opened(const std::filesystem::path& path) { return Mind(memory::Life::open(path, memory::Access::kWrite), {}); }

std::size_t units_known(Mind& mind) { return mind.view().graph().nodes().units(); }

}  // namespace

TEST_CASE("a letter composed and decomposed, wide and narrow is one concept, shown as it was written") {
  const Folder folder;
  Mind mind(new_life(folder.path / "life"), {});
  perceive(mind, {"a " + kDecomposed, "the " + kComposed, "my " + kDecomposed, "ＡＢＣ", "abc", "the ﬁsh", "a fish"});
  const auto view = mind.view();
  const auto& graph = view.graph();
  const auto cafe = graph.find(base::identity_of(kComposed));
  REQUIRE(cafe);
  CHECK(graph.find(base::identity_of(kDecomposed)) == cafe);
  CHECK(concepts::label_of(graph, *cafe) == kDecomposed);  // the more frequent writing
  CHECK(concepts::label_of(graph, *graph.find("abc")) == "ＡＢＣ");
  CHECK(graph.nodes().positions_of(*graph.find("abc")).size() == 2);
  CHECK(graph.nodes().positions_of(*graph.find("fish")).size() == 2);
  CHECK(view.life().episodes().find(1)->text == "a " + kDecomposed);  // the text stays as it came
}

TEST_CASE("either writing of a cue and of a taught question finds the other") {
  const Folder folder;
  Mind mind(new_life(folder.path / "life"), {});
  perceive(mind, small_world(3, 40));
  reasoning::Input taught;
  taught.text = "where is the " + kDecomposed + "？";
  taught.kind = reasoning::kTaught;
  taught.source = "taught.jsonl";
  taught.answer = "here";
  mind.perceive(taught);
  reasoning::Input told;
  told.text = "a ＢＬＵＥ " + kDecomposed;
  mind.perceive(told);
  mind.commit();
  REQUIRE_FALSE(mind.recall(kComposed + " blue", 1).empty());
  CHECK(mind.recall(kComposed + " blue", 1).front().episode == 42);
  CHECK(mind.answer("Where is the " + kComposed + "?", false).answer == "here");
}

TEST_CASE("a life of the earlier rule opens, replays and grows with the identities that its rows have") {
  const Folder folder;
  const auto path = folder.path / "life";
  std::vector<memory::EpisodeRow> rows;
  for (const std::string& line : small_world(5, 60)) rows.push_back(row_of_text(line));
  rows.push_back(row_of_text("the " + kComposed + " and the " + kDecomposed));
  rows.push_back(row_of_text("ＡＢＣ and abc"));
  make_case_folded_life(path, rows);
  std::string before;
  {
    Mind mind = opened(path);
    before = mind.view().graph().hash();
    CHECK(mind.view().graph().find(kDecomposed));
    CHECK(mind.view().graph().find(kComposed));
    CHECK(reasoning::replay(mind.view().life(), true).graph.hash() == before);
    mind.checkpoint();
  }
  {
    Mind mind = opened(path);
    CHECK(mind.view().graph().hash() == before);
    const std::size_t known = units_known(mind);
    perceive(mind, {"abc " + kDecomposed + " ＡＢＣ"});
    CHECK(units_known(mind) == known);  // all of them are "abc" and the composed word now
    const auto abc = mind.view().graph().find("abc");
    REQUIRE(abc);
    CHECK(mind.view().graph().nodes().positions_of(*abc).size() == 3);
    CHECK(mind.view().life().check().empty());
    const auto replayed = reasoning::replay(mind.view().life(), true);
    CHECK(replayed.differences == 0);
    CHECK(mind.view().graph().hash() == replayed.graph.hash());
    before = replayed.graph.hash();
  }
  CHECK(opened(path).view().graph().hash() == before);  // nothing but the log was kept
}

TEST_CASE("a cue finds the concepts of both rules, and a question taught by the earlier rule is answered") {
  const Folder folder;
  const auto path = folder.path / "life";
  memory::EpisodeRow taught = row_of_text("Ｗｈｅｒｅ is ana？");
  taught.kind = reasoning::kTaught;
  taught.source = "taught.jsonl";
  taught.answer = "here";
  std::vector<memory::EpisodeRow> rows;
  for (const std::string& line : small_world(5, 40)) rows.push_back(row_of_text(line));
  rows.push_back(taught);
  rows.push_back(row_of_text("ＡＢＣ"));
  make_case_folded_life(path, rows);
  Mind mind = opened(path);
  perceive(mind, {"abc"});
  const auto found = mind.recall("ＡＢＣ", 5);
  std::set<memory::EpisodeId> episodes;
  for (const auto& one : found) episodes.insert(one.episode);
  CHECK(episodes == std::set<memory::EpisodeId>{42, 43});
  CHECK(mind.answer("Ｗｈｅｒｅ is ana？", false).answer == "here");
}

TEST_CASE("the past says how each unit was written and where it was attached") {
  const Folder folder;
  const auto path = folder.path / "life";
  make_case_folded_life(path, {row_of_text("The ＦＯＸ")});
  memory::Life life = memory::Life::open(path, memory::Access::kWrite);
  memory::EpisodeRow second = row_of_text("The ＦＯＸ");
  second.attachments = {1};  // of the last unit nothing is said
  life.append(second, "the fox");
  life.commit();
  const concepts::Past past = reasoning::past_of(life);
  const auto before = past(0), after = past(1);
  REQUIRE(before.size() == 2);
  CHECK(before[0].identity == "the");
  CHECK(before[0].surface == "The");
  CHECK(before[1].identity == "ｆｏｘ");
  CHECK(before[1].surface == " ＦＯＸ");
  CHECK(before[1].node == 2);
  REQUIRE(after.size() == 2);
  CHECK(after[1].identity == "fox");
  CHECK(after[1].node == concepts::kBoundary);
  CHECK_THROWS_WITH(past(2), Catch::Contains("episode 3 is missing"));
}

TEST_CASE("a text perceived is one node a unit, the line end left out, unknown ones made") {
  concepts::Graph graph;
  base::Segmenter segmenter;
  const auto units = reasoning::perceive_text(graph, segmenter, "The fox, the FOX");
  REQUIRE(units.size() == 5);
  CHECK(units[0] == units[3]);
  CHECK(units[1] == units[4]);
  CHECK(graph.nodes().units() == 1 + 3);  // the boundary is one
  CHECK(reasoning::perceive_text(graph, segmenter, "").empty());
  memory::EpisodeRow row;
  row.attachments = {3, 1, 3};
  CHECK(reasoning::attachments_of(row) == std::vector<concepts::ConceptId>{3, 1, 3});
}

TEST_CASE("words of questions and labels are protected, up to a sixteenth of what the life may hold") {
  const Folder folder;
  const auto model = small_model();
  memory::CreateOptions options;
  options.model_bytes = model.serialize();
  options.max_concepts = 32;  // two stay at most
  const memory::Life life = memory::Life::create(folder.path / "life", options);
  concepts::Graph graph;
  base::Segmenter segmenter;
  const auto units = reasoning::perceive_text(graph, segmenter, "seen where is it");
  memory::EpisodeRow text = row_of_text("where is it");
  reasoning::protect(graph, life, text, units);
  CHECK(graph.nodes().protected_nodes() == 0);
  text.label = "Seen";
  text.position = 1;
  reasoning::protect(graph, life, text, units);
  CHECK(graph.nodes().protected_nodes() == 1);
  text.kind = reasoning::kAsked;
  reasoning::protect(graph, life, text, units);
  CHECK(graph.nodes().protected_nodes() == 2);
}
