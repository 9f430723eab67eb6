#include <catch2/catch.hpp>
#include <filesystem>
#include <set>

#include "base/files.h"
#include "tests/app/thoughtful_life.h"

using namespace noema::tests;

TEST_CASE("as JSON export gives all nodes and then the edges between them") {
  const ThoughtfulLife life;
  std::set<int> nodes;
  std::size_t edges = 0;
  for (const auto& row : run_noema({"export", life.path}).json()) {
    if (row.contains("node")) {
      CHECK(edges == 0);
      for (const char* key : {"id", "kind", "label", "labels", "count"}) CHECK(row["node"].contains(key));
      CHECK(nodes.insert(row["node"]["id"].get<int>()).second);
      continue;
    }
    ++edges;
    CHECK(nodes.contains(row.at("edge")["from"].get<int>()));
    CHECK(nodes.contains(row["edge"]["to"].get<int>()));
    for (const char* key : {"type", "weight", "count"}) CHECK(row["edge"].contains(key));
  }
  CHECK(nodes.size() > 20);
  CHECK(edges > nodes.size());
}

TEST_CASE("export takes the neighbourhood of a concept, of so many steps, or nothing but it") {
  const ThoughtfulLife life;
  const auto nodes_within = [&](const std::string& depth) {
    std::set<std::string> labels;
    for (const auto& row : run_noema({"export", life.path, "--around", "he cut", "--depth", depth}).json())
      if (row.contains("node")) labels.insert(row["node"]["label"].get<std::string>());
    return labels;
  };
  CHECK(nodes_within("0") == std::set<std::string>{"he cut"});
  const auto near = nodes_within("1"), far = nodes_within("2");
  CHECK(near.contains("he cut"));
  CHECK(near.size() > 1);
  CHECK(far.size() > near.size());
  check_complaint(run_noema({"export", life.path, "--around", "he cutt"}), 1, "did you mean he cut");
  for (const char* depth : {"-1", "9", "1.5"})
    check_complaint(run_noema({"export", life.path, "--around", "he cut", "--depth", depth}), 2, "--depth: expected");
}

TEST_CASE("export writes to a file that is named, never over a life, and checks the format") {
  const ThoughtfulLife life;
  const std::string file = life.work.file("g.dot");
  CHECK(run_noema({"export", life.path, "--format", "dot", "--out", file}).out.empty());
  CHECK(noema::base::read_file(file) == run_noema({"export", life.path, "--format", "dot"}).out);
  const std::string before = noema::base::read_file(life.path);
  check_complaint(run_noema({"export", life.path, "--out", life.path}), 1, "small.life");
  CHECK(noema::base::read_file(life.path) == before);
  check_complaint(run_noema({"export", life.path, "--out", life.work.file("none/g.json")}), 1, "none");
  check_complaint(run_noema({"export", life.path, "--format", "xml"}), 2, "xml not in {graphml,dot,json}");
}

TEST_CASE("a life that was told nothing has an empty graph in every format") {
  const Workplace work;
  const std::string life = work.life();
  CHECK(run_noema({"export", life}).out.empty());
  CHECK_THAT(run_noema({"export", life, "--format", "graphml"}).out,
             Catch::Contains("<graphml") && Catch::Contains("</graphml>") && !Catch::Contains("<node "));
  CHECK_THAT(run_noema({"export", life, "--format", "dot"}).out, Catch::StartsWith("digraph"));
}
