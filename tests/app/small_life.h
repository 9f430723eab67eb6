#pragma once
// A life in this process, fed with a few lines, for the tests of actions.

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

/// Lines in which "tax cut" recurs, so that thinking composes it.
inline std::vector<std::string> tax_lines() {
  std::vector<std::string> lines;
  for (int i = 0; i < 40; ++i) {
    lines.push_back("the tax cut of year " + std::to_string(i) + " was good");
    lines.push_back("a tax cut is what they want in " + std::to_string(i));
    lines.push_back("word" + std::to_string(i) + " other thing");
  }
  return lines;
}

}  // namespace noema::tests
