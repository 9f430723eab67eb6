#pragma once
// What things are called: names for texts and images, from the labelled inputs of a life.

#include <cstdint>
#include <functional>
#include <nlohmann/json.hpp>
#include <stop_token>
#include <string>

#include "memory/life.h"
#include "reasoning/classes.h"

namespace noema::app {

struct ClassifiedLine {
  std::uint64_t line = 0;  ///< from 1; the number of an image
  std::string text;        ///< of an image the name of its file, or what it is
  concepts::names::Named named;
};

/// Names every line of a text file or, where `inputs` is an idx file, a PNG file or a folder of PNG files, every image,
/// in order, without learning from them. Throws base::Error if something cannot be read or is not UTF-8;
/// base::Interrupted when a stop is requested.
void classify_inputs(const memory::Life& life, const std::string& inputs,
                     const std::function<void(const ClassifiedLine&)>& take, const std::stop_token& stop = {});

/// {"line","label","confidence","runner_up","likeliest","unknown"}: label is null if the text is likelier of no known
/// class; confidence is the probability of the likeliest class, unknown that of no known one.
nlohmann::ordered_json to_json(const ClassifiedLine& line);

}  // namespace noema::app
