#include "reasoning/arms/experience_log.h"

#include <catch2/catch.hpp>

#include "base/error.h"

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
  void warm(const reasoning::Experience& e) override { seen += "w:" + std::get<reasoning::Text>(e).text + " "; }
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
