#include "concepts/names/shapes.h"

#include <catch2/catch.hpp>
#include <cmath>
#include <set>

#include "base/rng.h"

using namespace noema::concepts::names;
using noema::base::Rng;

namespace {

/// A plain reference: the same counts in one table, every probability written out.
struct Plain {
  std::map<ClassId, std::map<Part, double>> counts;

  void add(ClassId of, const Parts& parts) {
    for (const Part part : parts) ++counts[of][part];
  }
  double ratio(ClassId of, const Parts& parts, double d, double c) const {
    double cells = 0;
    std::map<Part, double> classes_with;
    for (const auto& [id, row] : counts)
      for (const auto& [part, count] : row) {
        ++cells;
        ++classes_with[part];
      }
    const double all = cells + 0.5 * (static_cast<double>(classes_with.size()) + 1);
    double n = 0, t = 0, nats = 0;
    const auto row = counts.find(of) == counts.end() ? std::map<Part, double>{} : counts.at(of);
    for (const auto& [part, count] : row) {
      n += count;
      ++t;
    }
    for (const Part part : parts) {
      const double base = ((classes_with.contains(part) ? classes_with[part] : 0) + 0.5) / all;
      const double own = row.contains(part) ? row.at(part) - d : 0;
      nats += std::log((own + (c + d * t) * base) / (n + c)) - std::log(base);
    }
    return nats;
  }
};

Parts some_parts(Rng& rng, std::size_t bias) {
  Parts parts;
  for (std::size_t i = 1 + rng.below(6); i > 0; --i) parts.push_back(rng.below(7) + rng.below(3) * bias);
  return parts;
}

}  // namespace

TEST_CASE("what parts say of classes is what the formula, written out, says", "[names]") {
  Rng rng(1);
  Shapes shapes;
  Plain plain;
  for (int i = 0; i < 60; ++i) {
    const auto of = static_cast<ClassId>(rng.below(4));
    const Parts parts = some_parts(rng, of);
    shapes.add(of, parts);
    plain.add(of, parts);
    const Parts probe = some_parts(rng, 2);
    std::vector<double> ratios(5, 0);  // the last is a class without members
    shapes.weigh(probe, ratios);
    for (ClassId id = 0; id < 5; ++id)
      CHECK(ratios[id] == Approx(plain.ratio(id, probe, shapes.discount(), shapes.concentration())).margin(1e-9));
  }
}

TEST_CASE("a class's chances of all parts and of an unmet one sum to one", "[names]") {
  Shapes shapes;
  shapes.add(0, {1, 1, 2, 3});
  shapes.add(1, {3, 4});
  // Where no class is meant, parts have (classes with it + 1/2) / (5 + 5/2): 1, 2 and 4 have 1.5, 3 has 2.5.
  const std::vector<std::pair<Part, double>> base{{1, 0.2}, {2, 0.2}, {3, 2.5 / 7.5}, {4, 0.2}, {99, 0.5 / 7.5}};
  for (const std::size_t of : {0U, 1U}) {
    double sum = 0;
    for (const auto& [part, share] : base) {
      std::vector<double> ratios(2, 0);
      shapes.weigh({part}, ratios);
      sum += share * std::exp(ratios[of]);
    }
    CHECK(sum == Approx(1));
  }
}

TEST_CASE("the discount is that of counts of one and two: three and one give 4 / 7", "[names]") {
  Shapes shapes;
  CHECK(shapes.discount() == Approx(0.5));
  shapes.add(0, {1, 2, 3, 4, 4, 5, 5, 5});  // n1 = 3, n2 = 1, each count of one begins with one more
  CHECK(shapes.discount() == Approx(4.0 / 7.0));
}

TEST_CASE("members that are taken out leave the shapes as they were without them", "[names]") {
  Rng rng(3);
  Shapes with, without;
  std::vector<std::pair<ClassId, Parts>> gone;
  for (int i = 0; i < 40; ++i) {
    const auto of = static_cast<ClassId>(rng.below(3));
    const Parts parts = some_parts(rng, of);
    with.add(of, parts);
    if (rng.below(2) == 0)
      gone.emplace_back(of, parts);
    else
      without.add(of, parts);
  }
  for (const auto& [of, parts] : gone) with.remove(of, parts);
  CHECK(with.discount() == without.discount());
  std::vector<double> a(3, 0), b(3, 0);
  with.weigh({1, 2, 3, 4}, a);
  without.weigh({1, 2, 3, 4}, b);
  if (with.concentration() == without.concentration()) CHECK(a == b);
  CHECK(with.save()["parts"].size() == without.save()["parts"].size());
}

TEST_CASE("the concentration is the one that would have coded the members in fewest bits", "[names]") {
  Shapes alike, unlike;
  for (Part i = 0; i < 50; ++i) {
    alike.add(0, {1, 2, 3});
    unlike.add(0, {10 + i, 100 + i, 1000 + i});
    unlike.add(1, {10 + i, 100 + i, 1000 + i});
  }
  CHECK(alike.concentration() < unlike.concentration());
}

TEST_CASE("shapes that were kept and loaded say the same", "[names]") {
  Rng rng(4);
  Shapes shapes;
  for (int i = 0; i < 30; ++i) shapes.add(static_cast<ClassId>(rng.below(3)), some_parts(rng, 1));
  const Shapes again = Shapes::load(nlohmann::json::from_cbor(nlohmann::json::to_cbor(shapes.save())));
  std::vector<double> a(3, 0), b(3, 0);
  shapes.weigh({1, 2, 3, 4, 50}, a);
  again.weigh({1, 2, 3, 4, 50}, b);
  CHECK(a == b);
  CHECK(again.save() == shapes.save());
}
