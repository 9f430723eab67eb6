#pragma once
// Small lives for tests: a tiny untrained model, and a text in which some things recur.

#include <unistd.h>

#include <filesystem>
#include <string>
#include <vector>

#include "base/rng.h"
#include "memory/life.h"
#include "reasoning/mind.h"

namespace noema::tests {

inline transformer::Model small_model() {
  transformer::ModelOptions shape;
  shape.layers = 1;
  shape.width = 16;
  shape.heads = 1;
  shape.context = 32;
  shape.dropout = 0;
  shape.tokenizer = "bytes";
  return transformer::Model::random(shape, transformer::Tokenizer::train("bytes", {}, 1), 1);
}

/// A folder that is gone afterwards.
struct Folder {
  std::filesystem::path path;
  Folder() {
    static int number = 0;
    path = std::filesystem::temp_directory_path() /
           ("noema_test_" + std::to_string(::getpid()) + "_" + std::to_string(number++));
    std::filesystem::create_directories(path);
  }
  ~Folder() { std::filesystem::remove_all(path); }
  Folder(const Folder&) = delete;
  Folder& operator=(const Folder&) = delete;
};

inline memory::Life new_life(const std::filesystem::path& path) {
  const auto model = small_model();
  memory::CreateOptions options;
  options.model_bytes = model.serialize();
  options.model_hash = model.hash();
  return memory::Life::create(path, options);
}

/// Sentences of a small world in two scripts. What a thing does depends on two words together ("red fox", "red hen",
/// "old fox" ...), and where it goes on three: there is something to compose.
inline std::vector<std::string> small_world(std::uint64_t seed, std::size_t lines) {
  base::Rng rng(seed);
  const std::vector<std::string> like{"red", "old", "wild"}, who{"fox", "hen", "cat"}, does{"walks", "sings", "waits"};
  const std::vector<std::string> where{"here", "there", "north", "south", "east"};
  std::vector<std::string> text;
  for (std::size_t i = 0; i < lines; ++i) {
    if (rng.uniform() < 0.2) {
      text.push_back(rng.uniform() < 0.5 ? "老王走在小道上。" : "他说道：红山很美。");
      continue;
    }
    std::string line;
    for (std::size_t times = 1 + rng.below(2); times > 0; --times) {
      const std::size_t a = rng.below(3), b = rng.below(3);
      const std::size_t c = rng.uniform() < 0.9 ? (a + b) % 3 : rng.below(3);
      const std::size_t d = rng.uniform() < 0.9 ? (a + 2 * b + c) % 5 : rng.below(5);
      line += (line.empty() ? "the " : " and the ") + like[a] + " " + who[b] + " " + does[c] + " " + where[d];
    }
    text.push_back(line + ".");
  }
  return text;
}

inline void perceive(reasoning::Mind& mind, const std::vector<std::string>& lines, std::size_t begin = 0,
                     std::size_t end = static_cast<std::size_t>(-1)) {
  for (std::size_t i = begin; i < std::min(end, lines.size()); ++i) {
    reasoning::Input input;
    input.text = lines[i];
    input.time = 1000.0 + static_cast<double>(i);
    mind.perceive(input);
  }
  mind.commit();
}

/// Of a mind that stores and thinks, and neither predicts nor encodes.
inline reasoning::MindOptions quick() {
  reasoning::MindOptions options;
  options.predict = options.encode = false;
  return options;
}

/// Thoughts of the mind's life, its current batch included.
inline std::int64_t thoughts_of(reasoning::Mind& mind) {
  std::int64_t thoughts = 0;
  mind.with_life([&](const memory::Life& life) { thoughts = life.counts().thoughts; });
  return thoughts;
}

}  // namespace noema::tests
