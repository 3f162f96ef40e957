package import MezzWorkflow

/// Everything a fleet asks of its database.
package typealias FleetQueue = WorkQueue & JobInspection & ResultCache & FleetInspection
