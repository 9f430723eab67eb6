#include <atomic>
#include <catch2/catch.hpp>
#include <thread>

#include "tests/reasoning/lives.h"

using namespace noema;
using namespace noema::tests;
using reasoning::Mind;

TEST_CASE("a hundred readers recall, ask and look beside feeding and thinking") {
  const Folder folder;
  Mind mind(new_life(folder.path / "life"), {});
  perceive(mind, small_world(1, 60));
  mind.start_background();
  std::atomic<int> done{0};
  std::atomic<bool> wrong{false};
  std::vector<std::thread> readers;
  for (int reader = 0; reader < 100; ++reader)
    readers.emplace_back([&, reader] {
      for (int i = 0; i < 3; ++i) {
        if (reader % 3 == 0 && mind.recall("the red fox", 5).empty()) wrong = true;
        if (reader % 3 == 1) mind.answer("where does the old hen walk?", false);
        if (reader % 3 == 2) {
          const reasoning::MindView view = mind.view();
          const auto fox = view.graph().find("fox");
          if (!fox || label_of(view.graph(), *fox) != "fox" || !view.life().episodes().find(1)) wrong = true;
        }
      }
      ++done;
    });
  perceive(mind, small_world(2, 80));
  for (std::thread& reader : readers) reader.join();
  mind.stop_background();
  CHECK(done == 100);
  CHECK_FALSE(wrong);
  CHECK_FALSE(first_difference(mind.view().graph()));
}

TEST_CASE("a view sees what was committed") {
  const Folder folder;
  Mind mind(new_life(folder.path / "life"), {});
  perceive(mind, {"one fox"});
  reasoning::Input input;
  input.text = "two hens";
  input.time = 1;
  mind.perceive(input);
  CHECK_FALSE(mind.view().life().episodes().find(2));
  CHECK(mind.recall("hens", 3).empty());
  mind.commit();
  CHECK(mind.view().life().episodes().find(2));
  CHECK(mind.recall("hens", 3).size() == 1);
}
