#include "memory/stored_model.h"

#include "tests/memory/support.h"

namespace noema::memory {

TEST_CASE("a model of several parts comes back whole") {
  TempFolder folder;
  CreateOptions options = small_options();
  options.model_bytes = std::string(9 << 20, 'm') + "end";
  options.model_hash.clear();
  Life life = Life::create(folder / "a.life", options);
  CHECK(life.model().bytes() == options.model_bytes);
  CHECK(life.model().hash().size() == 64);
  CHECK(life.check().empty());
}

TEST_CASE("the model that was added last is in force, once its batch is committed") {
  TempFolder folder;
  Life life = Life::create(folder / "a.life", small_options());
  const Life reader = Life::open(folder / "a.life", Access::kRead);
  CHECK(life.append_model("other weights", "def", 21) == 2);
  CHECK(life.model().bytes() == "other weights");
  CHECK(reader.model().hash() == "abc");
  life.rollback();
  CHECK(life.model().hash() == "abc");
  life.append_model("other weights", "def", 21);
  life.commit();
  CHECK(reader.model().bytes() == "other weights");
  CHECK(reader.model().hash() == "def");
}

}  // namespace noema::memory
