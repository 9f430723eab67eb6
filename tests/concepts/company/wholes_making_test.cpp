#include "concepts/company/wholes_making.h"

#include <catch2/catch.hpp>

#include "base/rng.h"
#include "concepts/company/wholes_state.h"
#include "tests/concepts/company/texts.h"

using namespace noema::concepts::company;
using namespace noema::tests;
using noema::concepts::ConceptId;
namespace base = noema::base;

namespace {

std::optional<UnitNames> name_of(ConceptId unit) {
  const std::string name = unit == 9 ? "," : std::to_string(unit);
  return UnitNames{name, name, name};
}

Wholes wholes_of(const Text& text, const WholeOptions& options = {}) {
  return std::move(*make_wholes(episodes_of(text), name_of, options));
}

/// Labels of the wholes in use.
std::vector<std::string> labels_of(const Wholes& wholes) {
  std::vector<std::string> labels;
  for (std::size_t i = 0; i < wholes.wholes().size(); ++i)
    if (wholes.wholes()[i].occurrences > 0)
      labels.push_back(wholes.label(static_cast<Part>(wholes.units().size() + i)));
  return labels;
}

/// Random units 11 to 60, among which 1 2 3 4 stand together in every second episode, and 5 6 in others.
Text text_with_wholes(std::uint64_t seed, std::size_t episodes) {
  base::Rng rng(seed);
  Text text(episodes);
  for (std::size_t i = 0; i < episodes; ++i) {
    const auto some = [&] {
      for (std::size_t n = 1 + rng.below(4); n > 0; --n) text[i].push_back(static_cast<ConceptId>(11 + rng.below(50)));
    };
    some();
    if (i % 2 == 0) text[i].insert(text[i].end(), {1, 2, 3, 4});
    if (i % 2 == 1) text[i].insert(text[i].end(), {5, 6});
    some();
  }
  return text;
}

/// The code of the parts of a sequence, counted.
double code_of(const std::vector<int>& parts) {
  std::vector<double> counts(20, 0);
  for (const int part : parts) ++counts[static_cast<std::size_t>(part)];
  return nats_of_counts(counts);
}

}  // namespace

TEST_CASE("the gain of joining is what the code of the joined sequence is shorter by", "[company]") {
  base::Rng rng(7);
  for (int round = 0; round < 200; ++round) {
    std::vector<int> parts(30);
    for (int& part : parts) part = static_cast<int>(rng.below(3));
    const int left = static_cast<int>(rng.below(3)), right = static_cast<int>(rng.below(3));
    std::vector<int> joined;
    PairCounts counts{0, 0, 0, 30, left == right};
    for (std::size_t i = 0; i < parts.size(); ++i) {
      if (i + 1 < parts.size() && parts[i] == left && parts[i + 1] == right) {
        joined.push_back(10);
        ++counts.together, ++i;
      } else {
        joined.push_back(parts[i]);
      }
    }
    for (const int part : parts) counts.left += part == left, counts.right += part == right;
    if (counts.together == 0) continue;
    CHECK(gain_of_joining(counts) == Approx(code_of(parts) - code_of(joined)).margin(1e-9));
  }
}

TEST_CASE("units that stand together among random ones are wholes, and nothing else is", "[company]") {
  const Wholes wholes = wholes_of(text_with_wholes(1, 1000));
  auto labels = labels_of(wholes);
  std::sort(labels.begin(), labels.end());
  CHECK(labels == std::vector<std::string>{"1234", "56"});
  const auto bits = wholes.bits_of(std::vector<std::string>{"17", "1", "2", "3", "4", "40"});
  CHECK(bits.by_wholes < 0.6 * bits.by_units);
  for (Part whole = static_cast<Part>(wholes.units().size()); whole < wholes.units().size() + 1; ++whole)
    CHECK(wholes.spelled(whole).size() >= 2);
}

TEST_CASE("wholes contain wholes where parts also stand by themselves", "[company]") {
  Text text = text_with_wholes(2, 1000);
  for (std::size_t i = 0; i < text.size(); i += 3)
    text[i].insert(text[i].end(), {1, 2, static_cast<ConceptId>(11 + i % 50)});
  const Wholes wholes = wholes_of(text);
  const auto labels = labels_of(wholes);
  CHECK(std::count(labels.begin(), labels.end(), "12") == 1);
  CHECK(std::count(labels.begin(), labels.end(), "1234") == 1);
  const auto units = static_cast<Part>(wholes.units().size());
  bool contains_a_whole = false;
  for (Part i = units; i < units + wholes.wholes().size(); ++i)
    if (wholes.label(i) == "1234") contains_a_whole = wholes.is_whole(wholes.whole(i).left);
  CHECK(contains_a_whole);
  for (const Whole& whole : wholes.wholes())
    if (whole.occurrences > 0) CHECK(whole.saving > 0);
}

TEST_CASE("a mark is a part of no whole", "[company]") {
  Text text = text_with_wholes(3, 500);
  for (auto& episode : text) episode.insert(episode.end(), {5, 9, 6});
  for (const std::string& label : labels_of(wholes_of(text))) CHECK(label.find(',') == std::string::npos);
}

TEST_CASE("random units have hardly a whole", "[company]") {
  CHECK(labels_of(wholes_of(random_text(4, 2000, 40))).size() <= 2);
}

TEST_CASE("the same unit again and again is counted in pairs", "[company]") {
  const Text text(50, std::vector<ConceptId>(12, 1));
  const Wholes wholes = wholes_of(text);
  CHECK(wholes.shortest(std::vector<Part>(5, 0)).size() <= 5);
  CHECK(save(wholes) == save(wholes_of(text)));
}

TEST_CASE("of many units evenly spaced episodes are read", "[company]") {
  const Text text = text_with_wholes(5, 2000);
  WholeOptions options;
  options.most_units = 5000;
  const auto labels = labels_of(wholes_of(text, options));
  CHECK((std::count(labels.begin(), labels.end(), "1234") == 1 || std::count(labels.begin(), labels.end(), "56") == 1));
}

TEST_CASE("nothing, units without names and an interruption make no wholes", "[company]") {
  CHECK(wholes_of({}).wholes().empty());
  CHECK(wholes_of({{}, {1}}).wholes().empty());
  const auto nameless = [](ConceptId) { return std::optional<UnitNames>(); };
  CHECK(make_wholes(episodes_of(text_with_wholes(6, 200)), nameless)->wholes().empty());
  CHECK_FALSE(make_wholes(episodes_of(text_with_wholes(6, 2000)), name_of, {}, [] { return false; }));
}
