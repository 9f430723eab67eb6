#pragma once
// Images whose classes come task by task, from idx files (LeCun et al. 1998), such as Split-MNIST.

#include <filesystem>
#include <vector>

#include "experiments/streams/stream.h"

namespace noema::experiments {

StreamKind images_stream();

/// Images and labels of two idx files (plain or .gz), values from 0 to 1. Throws base::Error, naming the file, for
/// bytes that are no idx file of unsigned bytes, for numbers that do not fit each other, and for a file that ends
/// early.
Items read_idx(const std::filesystem::path& images, const std::filesystem::path& labels);

}  // namespace noema::experiments
