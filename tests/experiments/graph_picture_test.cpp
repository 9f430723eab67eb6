#include "experiments/graph_picture.h"

#include <fmt/format.h>

#include <array>
#include <catch2/catch.hpp>
#include <cstdio>

#include "tests/experiments/fakes.h"

using namespace noema::experiments;
using nlohmann::json;

namespace {

/// `n` nodes in a ring of follows edges, every third a part of the first.
json ring(int n) {
  json portrait = {{"nodes", json::array()}, {"edges", json::array()}};
  for (int i = 0; i < n; ++i) {
    portrait["nodes"].push_back({{"id", i}, {"label", fmt::format("word{}", i)}, {"kind", "sense"}, {"count", n - i}});
    portrait["edges"].push_back({{"from", i}, {"to", (i + 1) % n}, {"type", "follows"}, {"weight", 1.0}});
    if (i % 3 == 1) portrait["edges"].push_back({{"from", i}, {"to", 0}, {"type", "part-of"}, {"weight", 1.0}});
  }
  return portrait;
}

std::size_t count(const std::string& text, const std::string& part) {
  std::size_t found = 0;
  for (std::size_t at = text.find(part); at != std::string::npos; at = text.find(part, at + 1)) ++found;
  return found;
}

}  // namespace

TEST_CASE("no graph gives no picture") {
  CHECK(graph_picture(json()).empty());
  CHECK(graph_picture(json::object()).empty());
  CHECK(graph_picture({{"nodes", json::array()}}).empty());
}

TEST_CASE("one, two, unconnected and many nodes are drawn, the same every time") {
  CHECK(count(graph_picture({{"nodes", {{{"id", 1}, {"label", "one"}}}}}), "<text") == 1);
  CHECK(count(graph_picture({{"nodes", {{{"id", 1}, {"label", "one"}}, {{"id", 2}, {"label", "two"}}}}}), "<text") ==
        2);
  CHECK(count(graph_picture(
                  {{"nodes", {{{"id", 1}, {"label", "a"}}, {{"id", 2}, {"label", "b"}}, {{"id", 3}, {"label", "c"}}}}}),
              "<text") == 3);
  const std::string many = graph_picture(ring(300));
  CHECK(count(many, "<text") == PictureOptions{}.most_nodes);
  CHECK(count(many, "nan") == 0);
  CHECK(many == graph_picture(ring(300)));
}

TEST_CASE("labels lie inside the drawing and do not lie on each other") {
  const std::string svg = graph_picture(ring(40));
  std::vector<std::array<double, 3>> labels;  // x, y, font size
  for (std::size_t at = svg.find("<text x="); at != std::string::npos; at = svg.find("<text x=", at + 1)) {
    std::array<double, 3> label{};
    REQUIRE(std::sscanf(svg.c_str() + at, "<text x=\"%lf\" y=\"%lf\" font-size=\"%lf\">", &label[0], &label[1],
                        &label[2]) == 3);
    labels.push_back(label);
  }
  REQUIRE(labels.size() == 40);
  for (std::size_t i = 0; i < labels.size(); ++i) {
    CHECK(labels[i][0] > 0);
    CHECK(labels[i][0] < 1040);
    CHECK(labels[i][1] > 0);
    CHECK(labels[i][1] < 640);
    for (std::size_t j = 0; j < i; ++j) {
      const double wide = 0.56 * 5 * (labels[i][2] + labels[j][2]) / 2;
      const bool apart = std::abs(labels[i][0] - labels[j][0]) > wide ||
                         std::abs(labels[i][1] - labels[j][1]) > (labels[i][2] + labels[j][2]) / 2;
      CHECK(apart);
    }
  }
}

TEST_CASE("edges to nodes that are not there are left out, and what the life says is escaped") {
  const std::string svg = graph_picture(hostile_portrait());
  CHECK(count(svg, "<script") == 0);
  CHECK(count(svg, "<img") == 0);
  CHECK(count(svg, "onload=\"") == 0);
  CHECK(count(svg, "Q") == 2);
}
