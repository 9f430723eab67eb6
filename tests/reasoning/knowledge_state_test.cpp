// How what is known is kept in the life.

#include <catch2/catch.hpp>
#include <nlohmann/json.hpp>

#include "base/error.h"
#include "reasoning/knowledge.h"
#include "tests/reasoning/knowing.h"

using namespace noema;
using namespace noema::tests;
using nlohmann::json;
using reasoning::Knowledge;

namespace {

json stored(const memory::Life& life) { return json::from_cbor(*life.state("knowledge")); }

void store(memory::Life& life, const json& state) {
  const std::vector<std::uint8_t> bytes = json::to_cbor(state);
  life.set_state("knowledge", {reinterpret_cast<const char*>(bytes.data()), bytes.size()});
  life.commit();
}

/// A life on which somebody thought, closed and opened for writing.
struct Thought {
  Folder folder;
  std::string question, answer;

  Thought() {
    ToldWorld world(5, 240);
    world.teach(16);
    reasoning::Mind mind(new_life(folder.path / "life"), quick());
    perceive_all(mind, world.inputs);
    mind.think_of_facts();
    mind.checkpoint();
    question = "qo dorv " + world.names[100] + " ?";
    answer = world.place[world.names[100]];
  }
  memory::Life open() const { return memory::Life::open(folder.path / "life", memory::Access::kWrite); }
};

}  // namespace

TEST_CASE("what was kept answers as before without thinking, and is kept again the same") {
  const Thought thought;
  memory::Life life = thought.open();
  auto knowledge = Knowledge::stored_in(life);
  CHECK(knowledge.was_thought());
  CHECK_FALSE(knowledge.is_behind(life));
  CHECK(Knowledge::of(life).answer(life, thought.question).value == thought.answer);
  const json before = stored(life);
  knowledge.keep(life);
  life.commit();
  CHECK((stored(life) == before));
}

TEST_CASE("a life that nobody thought about has nothing stored") {
  const Folder folder;
  const auto life = new_life(folder.path / "life");
  CHECK_FALSE(Knowledge::stored_in(life).was_thought());
  CHECK_FALSE(Knowledge::stored_in(life).understands_questions());
}

TEST_CASE("what an earlier format kept is found again from the inputs") {
  const Thought thought;
  memory::Life life = thought.open();
  json state = stored(life);
  const json now = state;
  state["format"] = 1;
  store(life, state);
  auto knowledge = Knowledge::stored_in(life);
  CHECK_FALSE(knowledge.was_thought());
  CHECK(knowledge.think(life) > 0);
  knowledge.identities_if_due();
  knowledge.keep(life);
  life.commit();
  CHECK((stored(life) == now));
}

TEST_CASE("a damaged state is refused in words, whatever is damaged") {
  const Thought thought;
  memory::Life life = thought.open();
  const json whole = stored(life);
  for (const char* key : {"format", "scenes", "taught", "asked", "position", "identified_at"}) {
    INFO(key);
    json state = whole;
    state.erase(key);
    store(life, state);
    CHECK_THROWS_WITH(Knowledge::stored_in(life), Catch::Contains("what the life knows cannot be read"));
    state[key] = "text";
    store(life, state);
    if (std::string(key) == "format")
      CHECK_FALSE(Knowledge::stored_in(life).was_thought());
    else
      CHECK_THROWS_AS(Knowledge::stored_in(life), base::Error);
  }
  life.set_state("knowledge", "no CBOR at all");
  life.commit();
  CHECK_THROWS_AS(Knowledge::stored_in(life), base::Error);
}
