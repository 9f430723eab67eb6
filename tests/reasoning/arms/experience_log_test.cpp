#include "reasoning/arms/experience_log.h"

#include <catch2/catch.hpp>

#include "base/error.h"
#include "memory/images/png.h"

using namespace noema;
using reasoning::ExperienceLog;

namespace {

/// Writes down what it is shown.
struct Scribe final : reasoning::Learner {
  std::string seen;
  std::string_view name() const override { return "scribe"; }
  reasoning::Outcome experience(const reasoning::Experience& e) override {
    seen += "e:" + std::get<reasoning::Text>(e).text + " ";
    return reasoning::Bits{};
  }
  void warm(const reasoning::Experience& e) override {
    if (const auto* text = std::get_if<reasoning::Text>(&e)) seen += "w:" + text->text + " ";
    if (const auto* text = std::get_if<reasoning::LabelledText>(&e)) seen += text->label + ":" + text->text + " ";
    if (const auto* image = std::get_if<reasoning::Features>(&e))
      seen +=
          image->label + ":" + std::to_string(image->values.at(1)).substr(0, 3) + "/" + std::to_string(image->width);
  }
  std::uint64_t think(std::uint64_t proposals) override {
    seen += "t:" + std::to_string(proposals) + " ";
    return proposals;
  }
  reasoning::LearnerState state() const override { return {}; }
  std::string save() override { return ""; }
  void load(std::string_view) override {}
};

}  // namespace

TEST_CASE("a log shows a learner again what another one was shown, in order") {
  ExperienceLog log;
  log.warm("a");
  log.experience("b c");
  log.think(4);
  CHECK(log.bytes() == 4);
  Scribe scribe;
  ExperienceLog::replay(log.entries(), scribe);
  CHECK(scribe.seen == "w:a e:b c t:4 ");
  CHECK_THROWS_AS(ExperienceLog::replay({{"sing", 3}}, scribe), base::Error);
  CHECK_THROWS_AS(ExperienceLog::replay({1}, scribe), base::Error);
}

TEST_CASE("a log holds labelled texts and images too") {
  ExperienceLog log;
  log.warm(reasoning::LabelledText{"it rains", "weather"});
  log.warm_image("seven", memory::png_of({2, 1, std::string("\0\377", 2)}));
  Scribe scribe;
  ExperienceLog::replay(log.entries(), scribe);
  CHECK(scribe.seen == "weather:it rains seven:1.0/2");
  CHECK_THROWS_AS(ExperienceLog::replay({{"image", {"seven", 3}}}, scribe), base::Error);
}
