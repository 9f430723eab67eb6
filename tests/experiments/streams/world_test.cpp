#include "experiments/streams/world.h"

#include <catch2/catch.hpp>
#include <map>
#include <set>

#include "base/error.h"
#include "base/text.h"

using namespace noema::experiments;
namespace base = noema::base;

namespace {

WorldOptions big() {
  WorldOptions options;
  options.lines = 20000;
  return options;
}

}  // namespace

TEST_CASE("a world has as many lines as asked for, and the same options give the same lines") {
  WorldOptions options;
  options.lines = 777;
  const auto lines = generate_world(options);
  CHECK(lines.size() == 777);
  CHECK(lines == generate_world(options));
  options.seed = 2;
  CHECK(lines != generate_world(options));
}

TEST_CASE("a longer world begins with the shorter one") {
  WorldOptions options;
  options.lines = 100;
  const auto shorter = generate_world(options);
  options.lines = 300;
  auto longer = generate_world(options);
  longer.resize(100);
  CHECK(shorter == longer);
}

TEST_CASE("every line is one short sentence of valid text") {
  for (const auto& line : generate_world(big())) {
    CAPTURE(line);
    CHECK_FALSE(base::first_invalid_utf8(line));
    CHECK(base::count_characters(line) >= 4);
    CHECK(base::count_characters(line) <= 90);
    CHECK(line.find('{') == std::string::npos);
    CHECK(line.find("  ") == std::string::npos);
    const bool ends = line.back() == '.' || line.ends_with("。") || line.ends_with("”");
    CHECK(ends);
  }
}

TEST_CASE("both languages are told in the share asked for, about the same people") {
  WorldOptions options = big();
  std::map<bool, std::set<std::string>> told_of;
  int chinese = 0;
  for (const auto& line : tell_world(options)) {
    chinese += line.chinese ? 1 : 0;
    if (line.relation == "lives") told_of[line.chinese].insert(line.subject);
  }
  CHECK(chinese > 8500);
  CHECK(chinese < 11500);
  CHECK(told_of[true] == told_of[false]);
  options.chinese_share = 0;
  for (const auto& line : tell_world(options)) CHECK_FALSE(line.chinese);
}

TEST_CASE("nobody's home contradicts itself unless they moved") {
  std::map<std::string, std::string> home;
  int told_again = 0;
  int moves = 0;
  for (const auto& line : tell_world(big())) {
    if (line.relation == "moves") {
      home[line.subject] = line.object;
      ++moves;
    }
    if (line.relation != "lives") continue;
    const auto [known, first] = home.emplace(line.subject, line.object);
    told_again += first ? 0 : 1;
    CAPTURE(line.text);
    CHECK(known->second == line.object);
  }
  CHECK(told_again > 500);
  CHECK(moves > 100);
}

TEST_CASE("whoever is somewhere went there, moved there or has not left home") {
  std::map<std::string, std::string> place;
  int checked = 0;
  for (const auto& line : tell_world(big())) {
    if (line.relation == "goes" || line.relation == "moves") place[line.subject] = line.object;
    if (line.relation != "at" || place.find(line.subject) == place.end()) continue;
    CAPTURE(line.text);
    CHECK(place[line.subject] == line.object);
    ++checked;
  }
  CHECK(checked > 500);
}

TEST_CASE("a thing changes its owner only by being given") {
  std::map<std::string, std::string> owner;
  int given = 0;
  for (const auto& line : tell_world(big())) {
    CAPTURE(line.text);
    if (line.relation == "gives") {
      const auto arrow = line.object.find(" -> ");
      const std::string thing = line.object.substr(0, arrow);
      const auto known = owner.find(thing);
      if (known != owner.end()) CHECK(known->second == line.subject);
      owner[thing] = line.object.substr(arrow + 4);
      ++given;
    }
    if (line.relation == "has") CHECK(owner.emplace(line.object, line.subject).first->second == line.subject);
  }
  CHECK(given > 200);
}

TEST_CASE("kinship is consistent: one mother, one father, and sons and daughters know them") {
  std::map<std::pair<std::string, std::string>, std::set<std::string>> facts;
  for (const auto& line : tell_world(big())) {
    if (!line.relation.empty()) facts[{line.subject, line.relation}].insert(line.object);
  }
  int parents = 0;
  for (const auto& [key, objects] : facts) {
    const auto& [subject, relation] = key;
    CAPTURE(subject, relation);
    const bool single = relation == "mother" || relation == "father" || relation == "husband" || relation == "wife" ||
                        relation == "job";
    if (single) CHECK(objects.size() == 1);
    if (relation != "son" && relation != "daughter") continue;
    for (const auto& child : objects) {
      const bool has_mother = facts.count({child, "mother"}) > 0 && facts[{child, "mother"}].count(subject) > 0;
      const bool has_father = facts.count({child, "father"}) > 0 && facts[{child, "father"}].count(subject) > 0;
      CHECK((has_mother || has_father));
      ++parents;
    }
  }
  CHECK(parents > 20);
}

TEST_CASE("the worked examples of the project are part of the world") {
  const auto lines = generate_world(big());
  const std::set<std::string> all(lines.begin(), lines.end());
  CHECK(all.count("The cat is on a chair.") == 1);
  CHECK(all.count("猫在椅子上。") == 1);
  CHECK(all.count("道可道，非常道。") == 1);
  CHECK(all.count("前面有一条小道。") == 1);
  for (const char* start : {"The king ", "The queen ", "The man ", "The woman "}) {
    CHECK(std::any_of(lines.begin(), lines.end(), [&](const std::string& line) { return line.starts_with(start); }));
  }
}

TEST_CASE("the largest and the smallest world can be told") {
  WorldOptions options;
  options.lines = 6000;
  options.people = 400;
  options.places = 32;
  std::set<std::string> people;
  for (const auto& line : tell_world(options)) {
    if (line.relation == "lives") people.insert(line.subject);
  }
  CHECK(people.size() > 100);
  options.people = 8;
  options.places = 3;
  CHECK(generate_world(options).size() == 6000);
}

TEST_CASE("a world out of range is refused") {
  WorldOptions options;
  options.people = 2;
  CHECK_THROWS_AS(generate_world(options), base::Error);
  options = {};
  options.places = 1000;
  CHECK_THROWS_AS(generate_world(options), base::Error);
  options = {};
  options.chinese_share = 1.5;
  CHECK_THROWS_AS(generate_world(options), base::Error);
}
