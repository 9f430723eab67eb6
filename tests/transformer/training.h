#pragma once
// What must hold of training any architecture.

#include <catch2/catch.hpp>
#include <filesystem>
#include <functional>
#include <span>

#include "tests/transformer/samples.h"
#include "transformer/trainer.h"

namespace noema::transformer::testing {

/// Trains 3 of 6 steps and leaves a checkpoint; returns the options with which training goes on from it.
inline TrainOptions stopped_training(const Model& model, const Corpus& corpus,
                                     const std::filesystem::path& checkpoint) {
  TrainOptions options;
  options.batch = 4;
  options.steps = 6;
  options.checkpoint = checkpoint;
  options.checkpoint_seconds = 0;
  Trainer(model, corpus, {}, options).run({}, 3);
  options.resume = true;
  return options;
}

/// Training gives the same weights on 1, 2 and 5 threads, and where it was stopped after `stop` steps and resumed, and
/// the model comes back from its file. check, unless empty, is called with the end of each training on so many threads.
inline void require_same_training(const Model& model, const Corpus& corpus, std::span<const Pair> pairs,
                                  TrainOptions options, std::uint64_t stop,
                                  const std::function<void(const Progress&)>& check = {}) {
  const TemporaryFolder folder;
  std::vector<std::string> hashes;
  for (int threads : {1, 2, 5}) {
    auto on_threads = options;
    on_threads.threads = threads;
    Trainer trainer(model, corpus, pairs, on_threads);
    const auto progress = trainer.run();
    if (check) check(progress);
    hashes.push_back(trainer.model().hash());
  }
  REQUIRE(hashes[0] == hashes[1]);
  REQUIRE(hashes[0] == hashes[2]);
  options.checkpoint = folder / "a.model.train";
  options.checkpoint_seconds = 0;
  Trainer(model, corpus, pairs, options).run({}, stop);
  options.resume = true;
  options.checkpoint_seconds = 100;
  Trainer resumed(model, corpus, pairs, options);
  resumed.run();
  REQUIRE(resumed.model().hash() == hashes[0]);
  resumed.model().save(folder / "a.model");
  REQUIRE(Model::load(folder / "a.model").hash() == hashes[0]);
}

}  // namespace noema::transformer::testing
