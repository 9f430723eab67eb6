#pragma once
// A life in this process, fed with a few lines, for the tests of actions.

#include <array>
#include <memory>
#include <string>
#include <vector>

#include "app/actions/new_life.h"
#include "app/lives.h"
#include "reasoning/mind.h"
#include "tests/app/program.h"

namespace noema::tests {

struct SmallLife {
  Workplace work;
  std::string path = work.file("small.life");
  std::unique_ptr<reasoning::Mind> mind;

  /// Born tiny; predicts nothing, so that feeding is quick.
  explicit SmallLife(const std::vector<std::string>& lines = {}) {
    app::new_life({.life = path, .model = "tiny"});
    reasoning::MindOptions options;
    options.predict = false;
    mind = std::make_unique<reasoning::Mind>(app::open_to_write(path), options);
    for (const std::string& line : lines) tell(line);
    mind->commit();
  }

  void tell(const std::string& line) {
    reasoning::Input input;
    input.text = line;
    input.source = "small.txt";
    input.line = ++lines_;
    mind->perceive(input);
  }

 private:
  std::int64_t lines_ = 0;
};

/// Lines in which "he cut" recurs among other uses of "cut", so that thinking composes it, and "tax" with others.
inline std::vector<std::string> tax_lines() {
  constexpr std::array kNouns{"salt", "bread", "wood", "iron", "cloth", "paper", "stone", "glass", "sugar", "grain"};
  constexpr std::array kVerbs{"saw", "took", "made", "found", "lost", "gave", "sold", "bought", "held", "left"};
  std::vector<std::string> lines;
  for (std::size_t i = 0; i < 60; ++i) {
    const std::string a = kNouns[(i * 7 + 3) % 10], b = kVerbs[(i * i + i / 10) % 10], c = kNouns[(i * 3 + i / 7) % 10];
    lines.push_back("they " + b + " the tax cut with " + a);
    lines.push_back("a tax on " + c + " was " + b);
    lines.push_back("he cut the " + a + " and " + b + " " + c);
  }
  return lines;
}

}  // namespace noema::tests
