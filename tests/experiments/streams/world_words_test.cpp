#include "experiments/streams/world_words.h"

#include <algorithm>
#include <catch2/catch.hpp>
#include <map>
#include <set>
#include <string>

#include "base/text.h"

using namespace noema::experiments;
namespace base = noema::base;

namespace {

using List = std::span<const Word> (*)();

const std::vector<std::pair<const char*, List>> kLists = {
    {"female names", female_names}, {"male names", male_names}, {"surnames", surnames},
    {"places", place_names},        {"things", things},         {"colours", colours},
    {"animals", animals},           {"furniture", furniture},   {"foods", foods},
    {"vehicles", vehicles},         {"weathers", weathers}};

bool is_ascii(std::string_view text) {
  return std::all_of(text.begin(), text.end(), [](char c) { return static_cast<unsigned char>(c) < 0x80; });
}

}  // namespace

TEST_CASE("every word is said in English and in Chinese, and no two of a list are the same in either") {
  for (const auto& [name, list] : kLists) {
    INFO(name);
    std::set<std::string_view> english, chinese;
    for (const Word& word : list()) {
      CHECK(is_ascii(word.en));
      CHECK_FALSE(word.en.empty());
      CHECK_FALSE(word.zh.empty());
      CHECK_FALSE(is_ascii(word.zh));
      CHECK_FALSE(base::first_invalid_utf8(word.zh));
      CHECK(english.insert(word.en).second);
      CHECK(chinese.insert(word.zh).second);
    }
  }
}

TEST_CASE("what is counted in Chinese has its measure word") {
  for (const List list : {things, animals, furniture})
    for (const Word& word : list()) CHECK(base::count_characters(word.measure) == 1);
}

TEST_CASE("given names of one sex are no names of the other, in the West, and full names have room for 400 people") {
  std::set<std::string_view> female;
  for (const Word& word : female_names()) female.insert(word.en);
  for (const Word& word : male_names()) CHECK(female.count(word.en) == 0);
  CHECK(surnames().size() * female_given_names().size() >= 350);
  CHECK(surnames().size() * male_given_names().size() >= 350);
}

TEST_CASE("there are as many places as a world may have, and more looks of things than people") {
  CHECK(place_names().size() == 32);
  CHECK(things().size() * colours().size() >= 200);
}

TEST_CASE("jobs are done by different people at places that are named") {
  std::set<std::string_view> people;
  for (const Job& job : jobs()) {
    CHECK(people.insert(job.person.en).second);
    CHECK_FALSE(job.workplace.en.empty());
    CHECK_FALSE(job.workplace.zh.empty());
  }
}

TEST_CASE("a word of several meanings stands in each of its sentences, whose slots are known, and has two at least") {
  const std::set<std::string> slots = {"{p}", "{q}", "{place}", "{c}"};
  for (const auto list : {english_senses, chinese_senses}) {
    std::map<std::string_view, int> sentences;
    std::set<std::string_view> texts;
    for (const SensePhrase& phrase : list()) {
      ++sentences[phrase.word];
      CHECK(texts.insert(phrase.text).second);
      CHECK(phrase.text.find(phrase.word) != std::string_view::npos);
      const std::string text(phrase.text);
      for (std::size_t at = text.find('{'); at != std::string::npos; at = text.find('{', at + 1))
        CHECK(slots.count(text.substr(at, text.find('}', at) - at + 1)) == 1);
    }
    for (const auto& [word, count] : sentences) {
      INFO(word);
      CHECK(count >= 2);
    }
  }
}
