#pragma once
// Streaming linear discriminant analysis (Hayes & Kanan 2020): Gaussian classes with one covariance for all.

#include "reasoning/arms/arm.h"

namespace noema::reasoning {

ArmKind slda_arm();

}  // namespace noema::reasoning
