#include "reasoning/meaning.h"

#include <catch2/catch.hpp>
#include <cstring>

#include "base/error.h"
#include "tests/reasoning/lives.h"

using namespace noema;
using namespace noema::tests;
using reasoning::Meaning;

namespace {

struct Code {
  std::uint32_t mentions = 0;
  float scale = 0;
  std::vector<float> sum;
};

Code code_of(const std::string& bytes) {
  Code code;
  std::memcpy(&code.mentions, bytes.data(), 4);
  std::memcpy(&code.scale, bytes.data() + 4, 4);
  for (std::size_t i = 8; i < bytes.size(); ++i)
    code.sum.push_back(code.scale * static_cast<float>(static_cast<signed char>(bytes[i])));
  return code;
}

concepts::Graph graph_of(const std::vector<std::string>& words) {
  concepts::Graph graph;
  for (const std::string& word : words) graph.perceive_unit(word, word);
  return graph;
}

}  // namespace

TEST_CASE("a concept's vector is the mean of its tokens' states, added up over its mentions") {
  const auto model = small_model();
  Meaning meaning(model);
  meaning.perceive({"ab", " c"}, {1, 2});
  transformer::Encoder encoder(model);
  auto tokens = model.tokenizer().encode("ab");
  const std::size_t first = tokens.size();
  for (const auto token : model.tokenizer().encode(" c")) tokens.push_back(token);
  const auto states = encoder.encode(tokens, transformer::Mask::kBidirectional);
  const auto width = static_cast<std::size_t>(model.width());
  const Code code = code_of(meaning.coded(1));
  CHECK(code.mentions == 1);
  for (std::size_t d = 0; d < width; ++d) {
    double sum = 0;
    for (std::size_t token = 0; token < first; ++token) sum += states[token * width + d];
    CHECK(code.sum[d] == Approx(sum / static_cast<double>(first)).margin(code.scale));
  }
  meaning.perceive({"ab", " c"}, {1, 1});
  CHECK(code_of(meaning.coded(1)).mentions == 3);
  CHECK(meaning.seconds() > 0);
}

TEST_CASE("a unit whose concept faded is context only, and a line without units says nothing") {
  const auto model = small_model();
  Meaning alone(model), with_faded(model);
  with_faded.perceive({"ab", " c"}, {concepts::kBoundary, 2});
  with_faded.perceive({}, {});
  alone.perceive({" c"}, {2});
  CHECK(with_faded.coded(concepts::kBoundary).empty());
  CHECK(code_of(with_faded.coded(2)).mentions == 1);
  CHECK(with_faded.coded(2) != alone.coded(2));  // it was read after "ab"
}

TEST_CASE("the forms of a concept have one vector together, at length one") {
  const auto model = small_model();
  Meaning meaning(model);
  concepts::Graph graph = graph_of({"a", "b", "c"});
  CHECK(meaning.vector_of(graph, 1).size() == 0);
  meaning.perceive({"a", " b"}, {1, 2});
  const Eigen::VectorXf a = meaning.vector_of(graph, 1), b = meaning.vector_of(graph, 2);
  CHECK(a.norm() == Approx(1));
  graph.redirect(2, 1);
  const Eigen::VectorXf both = meaning.vector_of(graph, 1);
  CHECK(both.norm() == Approx(1));
  CHECK((both - a).norm() > 0);
  CHECK((both - b).norm() > 0);
}

TEST_CASE("a vector comes back from the checkpoint, and one of another width is refused") {
  const auto model = small_model();
  Meaning one(model), other(model);
  one.perceive({"a", " b"}, {1, 2});
  other.restore(1, one.coded(1));
  other.restore(3, "");
  CHECK(other.coded(1) == one.coded(1));
  CHECK(other.coded(3).empty());
  CHECK_THROWS_WITH(other.restore(2, "short"), Catch::Contains("another width"));
}

TEST_CASE("vectors of what is gone are given back") {
  const auto model = small_model();
  Meaning meaning(model);
  meaning.perceive({"a", " b", " c"}, {1, 2, 7});
  const std::uint64_t three = meaning.bytes();
  meaning.keep_only(graph_of({"a", "b"}));
  CHECK(meaning.coded(7).empty());
  CHECK(meaning.bytes() == three / 3 * 2);
  meaning.forget(1);
  CHECK(meaning.coded(1).empty());
  CHECK_FALSE(meaning.coded(2).empty());
}
