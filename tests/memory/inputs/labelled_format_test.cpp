#include "memory/inputs/labelled_format.h"

#include "tests/memory/inputs/support.h"

namespace noema::memory {

TEST_CASE("a label stands before the first tab") {
  FormatProbe labelled("labelled");
  const Input input = labelled.read("good\tit is\tfine").front();
  CHECK(input.label == "good");
  CHECK(input.text == "it is\tfine");
  CHECK(input.kind == "labelled");
  CHECK_THAT(labelled.error_of("no tab here"), Catch::Contains("file.x:2: expected label<TAB>text"));
}

TEST_CASE("all pieces of a long line have its label") {
  FormatProbe labelled("labelled");
  std::vector<Input> inputs;
  labelled.format->read({"good\tit is", 1, 0, false}, labelled.place, inputs);
  labelled.format->read({" fine", 1, 1, true}, labelled.place, inputs);
  REQUIRE(inputs.size() == 2);
  CHECK(inputs[1].label == "good");
  CHECK(inputs[1].text == " fine");
}

}  // namespace noema::memory
