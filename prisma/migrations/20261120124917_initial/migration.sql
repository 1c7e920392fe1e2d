-- CreateTable
CREATE TABLE "Application" (
    "id" UUID NOT NULL,
    "namespace" TEXT NOT NULL,
    "name" TEXT NOT NULL,
    "version" BIGINT NOT NULL,
    "generation" INTEGER NOT NULL DEFAULT 1,
    "createdAt" TIMESTAMPTZ(3) NOT NULL,
    "deletedAt" TIMESTAMPTZ(3),
    "labels" JSONB NOT NULL DEFAULT '{}',
    "annotations" JSONB NOT NULL DEFAULT '{}',
    "finalizers" TEXT[],
    "spec" JSONB NOT NULL,
    "nextDeployment" INTEGER NOT NULL DEFAULT 0,
    "refreshType" TEXT,
    "refreshRequestedAt" TIMESTAMPTZ(3),
    "project" TEXT NOT NULL,
    "repoUrl" TEXT NOT NULL,
    "repoUrls" TEXT[],
    "path" TEXT,
    "chart" TEXT,
    "targetRevision" TEXT NOT NULL,
    "sourceCount" INTEGER NOT NULL,
    "destinationServer" TEXT NOT NULL,
    "destinationName" TEXT NOT NULL,
    "destinationNamespace" TEXT NOT NULL,
    "autoSync" BOOLEAN NOT NULL,
    "sync" TEXT,
    "revisions" TEXT[],
    "comparedTo" JSONB,
    "health" TEXT,
    "healthMessage" TEXT,
    "healthSince" TIMESTAMPTZ(3),
    "sourceTypes" TEXT[],
    "images" TEXT[],
    "externalUrls" TEXT[],
    "reconciledAt" TIMESTAMPTZ(3),
    "observedAt" TIMESTAMPTZ(3),
    "commitMessage" TEXT,
    "commitAuthor" TEXT,
    "conditionCount" INTEGER NOT NULL DEFAULT 0,
    "operationId" UUID,
    "operationKind" TEXT,
    "operationPhase" TEXT,
    "operationMessage" TEXT,
    "operationStartedAt" TIMESTAMPTZ(3),
    "operationFinishedAt" TIMESTAMPTZ(3),

    CONSTRAINT "Application_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "ApplicationResource" (
    "applicationId" UUID NOT NULL,
    "group" TEXT NOT NULL,
    "kind" TEXT NOT NULL,
    "namespace" TEXT NOT NULL,
    "name" TEXT NOT NULL,
    "position" INTEGER NOT NULL,
    "version" TEXT,
    "sync" TEXT,
    "health" JSONB,
    "hook" BOOLEAN,
    "requiresPruning" BOOLEAN,
    "requiresDeletionConfirmation" BOOLEAN,
    "syncWave" INTEGER,

    CONSTRAINT "ApplicationResource_pkey" PRIMARY KEY ("applicationId","group","kind","namespace","name")
);

-- CreateTable
CREATE TABLE "ApplicationCondition" (
    "applicationId" UUID NOT NULL,
    "position" INTEGER NOT NULL,
    "type" TEXT NOT NULL,
    "message" TEXT NOT NULL,
    "lastTransitionTime" TEXT,

    CONSTRAINT "ApplicationCondition_pkey" PRIMARY KEY ("applicationId","position")
);

-- CreateTable
CREATE TABLE "Operation" (
    "id" UUID NOT NULL,
    "sequence" BIGSERIAL NOT NULL,
    "applicationId" UUID NOT NULL,
    "kind" TEXT NOT NULL,
    "operation" JSONB NOT NULL,
    "phase" TEXT NOT NULL,
    "message" TEXT NOT NULL,
    "startedAt" TIMESTAMPTZ(3) NOT NULL,
    "finishedAt" TIMESTAMPTZ(3),
    "retryCount" INTEGER NOT NULL DEFAULT 0,
    "retryAt" TIMESTAMPTZ(3),
    "syncResult" JSONB,
    "deploymentId" INTEGER,

    CONSTRAINT "Operation_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "OperationResult" (
    "operationId" UUID NOT NULL,
    "position" INTEGER NOT NULL,
    "group" TEXT NOT NULL,
    "version" TEXT NOT NULL,
    "kind" TEXT NOT NULL,
    "namespace" TEXT NOT NULL,
    "name" TEXT NOT NULL,
    "status" TEXT,
    "message" TEXT,
    "hookType" TEXT,
    "hookPhase" TEXT,
    "syncPhase" TEXT,
    "images" TEXT[],

    CONSTRAINT "OperationResult_pkey" PRIMARY KEY ("operationId","position")
);

-- CreateTable
CREATE TABLE "Deployment" (
    "applicationId" UUID NOT NULL,
    "id" INTEGER NOT NULL,
    "revision" TEXT,
    "revisions" TEXT[],
    "source" JSONB,
    "sources" JSONB,
    "deployedAt" TIMESTAMPTZ(3) NOT NULL,
    "deployStartedAt" TIMESTAMPTZ(3),
    "initiatedBy" JSONB,

    CONSTRAINT "Deployment_pkey" PRIMARY KEY ("applicationId","id")
);

-- CreateTable
CREATE TABLE "Repository" (
    "id" UUID NOT NULL,
    "url" TEXT NOT NULL,
    "normalizedUrl" TEXT NOT NULL,
    "project" TEXT NOT NULL DEFAULT '',
    "version" BIGINT NOT NULL,
    "createdAt" TIMESTAMPTZ(3) NOT NULL,
    "type" TEXT NOT NULL,
    "name" TEXT NOT NULL DEFAULT '',
    "username" TEXT,
    "insecure" BOOLEAN NOT NULL DEFAULT false,
    "insecureIgnoreHostKey" BOOLEAN NOT NULL DEFAULT false,
    "enableLfs" BOOLEAN NOT NULL DEFAULT false,
    "enableOci" BOOLEAN NOT NULL DEFAULT false,
    "forceHttpBasicAuth" BOOLEAN NOT NULL DEFAULT false,
    "proxy" TEXT,
    "noProxy" TEXT,
    "tlsClientCertData" TEXT,
    "secrets" TEXT,
    "connectionStatus" TEXT NOT NULL DEFAULT 'Unknown',
    "connectionMessage" TEXT NOT NULL DEFAULT '',
    "connectionAttemptedAt" TIMESTAMPTZ(3),

    CONSTRAINT "Repository_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "RepositoryCredentials" (
    "url" TEXT NOT NULL,
    "version" BIGINT NOT NULL,
    "createdAt" TIMESTAMPTZ(3) NOT NULL,
    "type" TEXT NOT NULL,
    "username" TEXT,
    "insecureIgnoreHostKey" BOOLEAN NOT NULL DEFAULT false,
    "forceHttpBasicAuth" BOOLEAN NOT NULL DEFAULT false,
    "proxy" TEXT,
    "noProxy" TEXT,
    "tlsClientCertData" TEXT,
    "secrets" TEXT,

    CONSTRAINT "RepositoryCredentials_pkey" PRIMARY KEY ("url")
);

-- CreateTable
CREATE TABLE "Cluster" (
    "server" TEXT NOT NULL,
    "name" TEXT NOT NULL,
    "address" TEXT,
    "embedded" BOOLEAN NOT NULL DEFAULT false,
    "version" BIGINT NOT NULL,
    "createdAt" TIMESTAMPTZ(3) NOT NULL,
    "config" TEXT NOT NULL,
    "insecure" BOOLEAN NOT NULL DEFAULT false,
    "namespaces" TEXT[],
    "clusterResources" BOOLEAN NOT NULL DEFAULT false,
    "project" TEXT NOT NULL DEFAULT '',
    "labels" JSONB NOT NULL DEFAULT '{}',
    "annotations" JSONB NOT NULL DEFAULT '{}',
    "connectionStatus" TEXT NOT NULL DEFAULT 'Unknown',
    "connectionMessage" TEXT NOT NULL DEFAULT '',
    "connectionAttemptedAt" TIMESTAMPTZ(3),
    "serverVersion" TEXT,
    "lastSeenAt" TIMESTAMPTZ(3),

    CONSTRAINT "Cluster_pkey" PRIMARY KEY ("server")
);

-- CreateTable
CREATE TABLE "Project" (
    "name" TEXT NOT NULL,
    "uid" UUID NOT NULL,
    "version" BIGINT NOT NULL,
    "generation" INTEGER NOT NULL DEFAULT 1,
    "createdAt" TIMESTAMPTZ(3) NOT NULL,
    "labels" JSONB NOT NULL DEFAULT '{}',
    "annotations" JSONB NOT NULL DEFAULT '{}',
    "spec" JSONB NOT NULL,

    CONSTRAINT "Project_pkey" PRIMARY KEY ("name")
);

-- CreateTable
CREATE TABLE "Account" (
    "name" TEXT NOT NULL,
    "enabled" BOOLEAN NOT NULL DEFAULT true,
    "capabilities" TEXT[],
    "passwordHash" TEXT,
    "passwordChangedAt" TIMESTAMPTZ(3) NOT NULL,
    "initialPassword" BOOLEAN NOT NULL DEFAULT false,
    "failedLogins" INTEGER NOT NULL DEFAULT 0,
    "lastFailedAt" TIMESTAMPTZ(3),

    CONSTRAINT "Account_pkey" PRIMARY KEY ("name")
);

-- CreateTable
CREATE TABLE "Session" (
    "id" TEXT NOT NULL,
    "accountName" TEXT NOT NULL,
    "kind" TEXT NOT NULL,
    "issuedAt" TIMESTAMPTZ(3) NOT NULL,
    "expiresAt" TIMESTAMPTZ(3),
    "revokedAt" TIMESTAMPTZ(3),

    CONSTRAINT "Session_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "Setting" (
    "key" TEXT NOT NULL,
    "value" JSONB NOT NULL,
    "secret" BOOLEAN NOT NULL DEFAULT false,
    "updatedAt" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "Setting_pkey" PRIMARY KEY ("key")
);

-- CreateTable
CREATE TABLE "Event" (
    "version" BIGSERIAL NOT NULL,
    "type" TEXT NOT NULL,
    "kind" TEXT NOT NULL,
    "namespace" TEXT NOT NULL,
    "name" TEXT NOT NULL,
    "at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "Event_pkey" PRIMARY KEY ("version")
);

-- CreateIndex
CREATE INDEX "Application_name_idx" ON "Application"("name");

-- CreateIndex
CREATE INDEX "Application_project_idx" ON "Application"("project");

-- CreateIndex
CREATE INDEX "Application_sync_idx" ON "Application"("sync");

-- CreateIndex
CREATE INDEX "Application_health_idx" ON "Application"("health");

-- CreateIndex
CREATE INDEX "Application_operationPhase_idx" ON "Application"("operationPhase");

-- CreateIndex
CREATE INDEX "Application_repoUrls_idx" ON "Application" USING GIN ("repoUrls");

-- CreateIndex
CREATE INDEX "Application_labels_idx" ON "Application" USING GIN ("labels");

-- CreateIndex
CREATE UNIQUE INDEX "Application_namespace_name_key" ON "Application"("namespace", "name");

-- CreateIndex
CREATE INDEX "Operation_applicationId_sequence_idx" ON "Operation"("applicationId", "sequence" DESC);

-- CreateIndex
CREATE INDEX "Operation_phase_idx" ON "Operation"("phase");

-- CreateIndex
CREATE UNIQUE INDEX "Repository_normalizedUrl_project_key" ON "Repository"("normalizedUrl", "project");

-- CreateIndex
CREATE UNIQUE INDEX "Cluster_name_key" ON "Cluster"("name");

-- CreateIndex
CREATE INDEX "Session_accountName_idx" ON "Session"("accountName");

-- CreateIndex
CREATE INDEX "Session_expiresAt_idx" ON "Session"("expiresAt");

-- CreateIndex
CREATE INDEX "Event_at_idx" ON "Event"("at");

-- AddForeignKey
ALTER TABLE "ApplicationResource" ADD CONSTRAINT "ApplicationResource_applicationId_fkey" FOREIGN KEY ("applicationId") REFERENCES "Application"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "ApplicationCondition" ADD CONSTRAINT "ApplicationCondition_applicationId_fkey" FOREIGN KEY ("applicationId") REFERENCES "Application"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "Operation" ADD CONSTRAINT "Operation_applicationId_fkey" FOREIGN KEY ("applicationId") REFERENCES "Application"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "OperationResult" ADD CONSTRAINT "OperationResult_operationId_fkey" FOREIGN KEY ("operationId") REFERENCES "Operation"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "Deployment" ADD CONSTRAINT "Deployment_applicationId_fkey" FOREIGN KEY ("applicationId") REFERENCES "Application"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "Session" ADD CONSTRAINT "Session_accountName_fkey" FOREIGN KEY ("accountName") REFERENCES "Account"("name") ON DELETE CASCADE ON UPDATE CASCADE;
