#include "experiments/streams/inventions.h"

#include <catch2/catch.hpp>
#include <set>

#include "tests/experiments/streams/reading.h"

using namespace noema::experiments;
using noema::reasoning::LabelledText;

namespace {

ClassTasks invent(std::uint64_t seed, double own_words = 0.4) {
  StreamConfig config("inventions");
  config.settings.set("classes", std::int64_t{6});
  config.settings.set("items", std::int64_t{5});
  config.settings.set("tasks", std::int64_t{3});
  config.settings.set("own_words", own_words);
  return stream_kind("inventions").read_tasks(config, seed);
}

}  // namespace

TEST_CASE("the same seed gives the same tasks, another seed others", "[classes]") {
  CHECK(hash_of(invent(1)) == hash_of(invent(1)));
  CHECK(hash_of(invent(1)) != hash_of(invent(2)));
}

TEST_CASE("of each invented class there are items to learn from, half as many to ask about, one of no class",
          "[classes]") {
  const ClassTasks stream = invent(1);
  CHECK(stream.tasks.size() == 3);
  CHECK(learned_in(stream) == 6 * 5);
  CHECK(asked_in(stream) == 6 * 3);
  CHECK(stream.outside.size() == 6);
  std::set<std::string> texts;
  for (const ClassTask& task : stream.tasks)
    for (const auto* items : {&task.train, &task.test})
      for (const auto& item : *items) texts.insert(std::get<LabelledText>(item).text);
  CHECK(texts.size() == 6 * 8);  // no text comes twice
}

TEST_CASE("with all words of its own a text says its class, with none it does not", "[classes]") {
  const auto own_words = [](const ClassTasks& stream) {
    std::size_t own = 0;
    for (const ClassTask& task : stream.tasks)
      for (const auto& item : task.train) {
        const auto& text = std::get<LabelledText>(item);
        const std::string mark = " c" + text.label.substr(text.label.find(' ') + 1) + "x";
        for (std::size_t at = text.text.find(mark); at != std::string::npos; at = text.text.find(mark, at + 1)) ++own;
      }
    return own;
  };
  CHECK(own_words(invent(1, 1)) == 6 * 5 * 7);
  CHECK(own_words(invent(1, 0)) == 0);
}
