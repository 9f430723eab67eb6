#pragma once
// A small world for the tests of company: animals and tools, each with what is said of its kind, and a word of both.

#include <string>
#include <vector>

#include "base/rng.h"

namespace noema::tests {

/// Lines of about 60 units; "crane" is an animal in half of its lines and a tool in the others.
inline std::vector<std::string> lines_of_kinds(std::size_t lines = 400, std::uint64_t seed = 1) {
  const std::vector<std::vector<std::string>> names{{"dog", "cat", "hen", "fox", "owl"},
                                                    {"saw", "axe", "drill", "plane", "vice"}};
  const std::vector<std::vector<std::string>> said{{"feeds", "sleeps", "flies", "nests", "young", "wild", "feathers"},
                                                   {"lifts", "breaks", "steel", "motor", "rusty", "works", "handle"}};
  base::Rng rng(seed);
  const auto one_of = [&](const std::vector<std::string>& words) { return words[rng.below(words.size())]; };
  std::vector<std::string> text;
  for (std::size_t i = 0; i < lines; ++i) {
    const std::size_t kind = i % 2;
    std::string line = "the";
    for (int n = 0; n < 14; ++n)
      line += " " + one_of(said[kind]) + " " + (n == 7 ? "crane" : one_of(names[kind])) + " " + one_of(said[kind]) +
              (n % 2 == 0 ? " and the" : " is the");
    text.push_back(line);
  }
  return text;
}

}  // namespace noema::tests
