#include "reasoning/known_units.h"

#include <Eigen/QR>
#include <catch2/catch.hpp>
#include <nlohmann/json.hpp>

#include "reasoning/company.h"
#include "tests/reasoning/kinds.h"
#include "tests/reasoning/lives.h"

using namespace noema;
using namespace noema::tests;
using concepts::company::Columns;
using concepts::company::Word;
using concepts::company::WordEntry;
using concepts::company::Words;
using reasoning::known_units;
using reasoning::Mind;
using reasoning::MindOptions;
using transformer::Token;

namespace {

/// Words that occur once each; a word's informativeness is its number.
std::shared_ptr<const Words> words_with(const Columns& vectors) {
  std::vector<WordEntry> entries;
  for (Eigen::Index word = 0; word < vectors.rows(); ++word)
    entries.push_back({static_cast<concepts::ConceptId>(word + 1), 1, "w" + std::to_string(word), "", float(word)});
  return std::make_shared<const Words>(100, std::move(entries), vectors);
}

/// One token for each character.
std::vector<Token> spelled(const std::string& text) { return {text.begin(), text.end()}; }

MindOptions practising(bool unit_vectors = true) {
  MindOptions options = quick();
  options.consolidation.emplace();
  options.consolidation->rehearsal.learning_rate = 3e-3F;
  options.unit_vectors = unit_vectors;
  return options;
}

void tell(Mind& mind, std::uint64_t seed = 1) {
  perceive(mind, lines_of_kinds(400, seed));
  mind.commit();
}

/// A practice reads what is committed.
void think_of_company(Mind& mind) {
  REQUIRE(mind.think_of_company());
  mind.commit();
}

}  // namespace

TEST_CASE("each written word has its direction and what it tells, in all its writings", "[known_units]") {
  Columns vectors(3, 2);
  vectors << 3, 4, 0, 2, -1, 0;
  reasoning::WrittenWords written{words_with(vectors), {{2, "cc"}, {0, "a"}, {0, "A"}, {1, "a"}, {1, ""}}};
  const auto known = known_units(written, 200, spelled);
  REQUIRE(known);
  CHECK(known->rows() == 2);  // the second word is written as the first, or not at all
  REQUIRE(known->writings().size() == 3);
  CHECK(known->writings()[0].tokens == spelled("cc"));
  CHECK(known->writings()[1].row == known->writings()[2].row);
  CHECK(known->width() == 100);
  CHECK(known->vector(0)[0] == Approx(-1));
  CHECK(known->vector(1)[0] == Approx(0.6));
  CHECK(known->vector(1)[1] == Approx(0.8));
  CHECK(known->vector(1)[2] == 0);
  CHECK(known->telling()[0] == Approx(1.5));  // 2 less half of the mean
  CHECK(known->telling()[1] == 0);
  written.writings.clear();
  CHECK(known_units(written, 200, spelled) == nullptr);
}

TEST_CASE("directions that are made anew are turned back to those before", "[known_units]") {
  base::Rng rng(3);
  Columns vectors(40, 5);
  for (Eigen::Index i = 0; i < vectors.size(); ++i) vectors.data()[i] = static_cast<float>(rng.normal());
  Eigen::MatrixXf any(5, 5);
  for (Eigen::Index i = 0; i < any.size(); ++i) any.data()[i] = static_cast<float>(rng.normal());
  const Eigen::MatrixXf turn = Eigen::HouseholderQR<Eigen::MatrixXf>(any).householderQ();
  std::vector<std::pair<Word, std::string>> writings;
  for (Word word = 0; word < 40; ++word) writings.emplace_back(word, std::string(1, static_cast<char>(40 + word)));
  const auto before = known_units({words_with(vectors), writings}, 200, spelled);
  std::vector<std::pair<Word, std::string>> others(writings.rbegin(), writings.rend());  // in another order
  others.resize(30);
  const auto after = known_units({words_with(vectors * turn), others}, 200, spelled, before.get());
  for (std::uint32_t row = 0; row < 30; ++row)
    for (std::size_t i = 0; i < 5; ++i)
      REQUIRE(after->vector(row)[i] == Approx(before->vector(39 - row)[i]).margin(1e-4));
}

TEST_CASE("a practice takes in what company knows of units, and is taken back with it", "[known_units]") {
  const Folder folder;
  Mind mind(new_life(folder.path / "life"), practising());
  tell(mind);
  REQUIRE(mind.consolidate(20).thoughts == 1);  // before there is company
  CHECK(mind.view().copy()->vectors() == nullptr);
  const std::string without = mind.weights_hash();
  think_of_company(mind);
  REQUIRE(mind.consolidate(20).thoughts == 1);
  const auto vectors = mind.view().copy()->vectors();
  REQUIRE(vectors);
  CHECK(vectors->rows() == reasoning::stored_words(mind.view().life())->size());
  const auto thought = thoughts_of(mind);
  mind.checkpoint();
  const auto row = mind.view().life().thoughts().find(thought);
  REQUIRE(row);
  CHECK(nlohmann::json::parse(row->details)["units"] == vectors->rows());
  const std::string with = mind.weights_hash();
  CHECK(Mind(memory::Life::open(folder.path / "life", memory::Access::kRead), {}).weights_hash() == with);
  mind.undo(thought);
  CHECK(mind.weights_hash() == without);
}

TEST_CASE("what was learned of units goes on when their company is made anew", "[known_units]") {
  const Folder folder;
  Mind mind(new_life(folder.path / "life"), practising());
  tell(mind);
  think_of_company(mind);
  REQUIRE(mind.consolidate(30).thoughts == 1);
  const auto before = mind.view().copy()->vectors();
  for (const std::uint64_t seed : {2, 3}) tell(mind, seed);
  think_of_company(mind);
  REQUIRE(mind.consolidate(5).thoughts == 1);
  const auto after = mind.view().copy()->vectors();
  REQUIRE(after->rows() == before->rows());
  const auto words = reasoning::stored_words(mind.view().life());
  const Columns made = words->directions(concepts::company::kAlikeWidth);
  double turned = 0, unturned = 0;
  for (const auto& writing : before->writings()) {
    const auto& all = after->writings();
    const auto same =
        std::find_if(all.begin(), all.end(), [&](const auto& one) { return one.tokens == writing.tokens; });
    REQUIRE(same != all.end());
    for (std::size_t i = 0; i < static_cast<std::size_t>(made.cols()); ++i) {
      const double was{before->vector(writing.row)[i]};
      turned += was * double{after->vector(same->row)[i]};
      unturned += was * double{made(same->row, static_cast<Eigen::Index>(i))};
    }
  }
  CHECK(turned > unturned + 1);
}

TEST_CASE("a mind that is not to take in vectors of units takes in none", "[known_units]") {
  const Folder folder;
  Mind mind(new_life(folder.path / "life"), practising(false));
  tell(mind);
  think_of_company(mind);
  REQUIRE(mind.consolidate(20).thoughts == 1);
  CHECK(mind.view().copy()->vectors() == nullptr);
}
