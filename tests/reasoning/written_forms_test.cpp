#include "reasoning/written_forms.h"

#include <algorithm>
#include <catch2/catch.hpp>

#include "tests/reasoning/kinds.h"
#include "tests/reasoning/told_graph.h"

using namespace noema;
using namespace noema::tests;
using reasoning::Mind;
using reasoning::WrittenForms;

namespace {

std::vector<std::string> forms_of(const concepts::GraphView& graph, const memory::Life& life, const std::string& word,
                                  std::size_t most = 8) {
  WrittenForms forms;
  forms.catch_up(graph, life);
  std::vector<std::string> labels;
  for (const concepts::ConceptId id : forms.of(graph, word, most))
    labels.push_back(graph.node(id).as<concepts::Unit>()->label);
  return labels;
}

/// The world of kinds with two more names: "cats" is an animal as "cat" is, "cate" a tool.
std::vector<std::string> lines_of_forms() {
  std::vector<std::string> lines = lines_of_kinds();
  for (std::string& line : lines) {
    line += ' ';
    for (const auto& [from, to] : {std::pair<std::string, std::string>{" hen ", " cats "}, {" vice ", " cate "}})
      for (std::size_t at = 0; (at = line.find(from, at)) != std::string::npos; ++at) line.replace(at, from.size(), to);
  }
  return lines;
}

}  // namespace

TEST_CASE("without company words that are written alike are forms of one word, the most mentioned first") {
  ToldGraph told;
  told.tell("She plays here, they play there. Plays by players; the plate, 2030 and 2031.");
  const auto forms = [&](const std::string& word, std::size_t most = 8) {
    return forms_of(told.graph, told.life, word, most);
  };
  CHECK(forms("play") == std::vector<std::string>{"plays"});
  CHECK(forms("player") == std::vector<std::string>{"plays", "play", "players"});
  CHECK(forms("player", 1) == std::vector<std::string>{"plays"});
  CHECK(forms("2030").empty());
  CHECK(forms("she").empty());
  CHECK(forms("").empty());
  CHECK(forms("道").empty());
}

TEST_CASE("units that come later are forms too") {
  ToldGraph told;
  told.tell("It sleeps.");
  WrittenForms forms;
  forms.catch_up(told.graph, told.life);
  CHECK(forms.of(told.graph, "sleep", 8).size() == 1);
  told.tell("They sleep.");
  forms.catch_up(told.graph, told.life);
  CHECK(forms.of(told.graph, "sleeps", 8).size() == 1);
}

TEST_CASE("the company of words decides which of them are forms of one word") {
  const Folder folder;
  Mind mind(new_life(folder.path / "life"), quick());
  perceive(mind, lines_of_forms());
  mind.commit();
  const auto forms = [&] {
    auto found = forms_of(mind.view().graph(), mind.view().life(), "cat");
    std::sort(found.begin(), found.end());
    return found;
  };
  CHECK(forms() == std::vector<std::string>{"cate", "cats"});
  REQUIRE(mind.think_of_company());
  mind.commit();
  CHECK(forms() == std::vector<std::string>{"cats"});
}
